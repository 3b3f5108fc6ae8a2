// A scenario as its file has it.

import Foundation
import Model
import Support
import Testing

/// One story: `{"title","covers":["1.8 …"],"seed":{…},"steps":[{…}]}`.
///
/// A step is an order (`ScenarioWorld.carryOut`), an expectation (`expect`), or both: the order first.
struct Scenario: Sendable, CustomTestStringConvertible {
    /// The file's name without its ending.
    let name: String
    /// What happens, in a sentence.
    let title: String
    /// The rows of the service's tables that it shows, each with its section.
    let covers: [String]
    /// A seed document; what all scenarios share is in `Shared`.
    let seed: JSONValue
    /// Milliseconds that jobs wait for an answer; nil for as long as they usually do.
    let patience: Int?
    /// Failures that put a job into quarantine, where that is fewer than usually: `{"proportionMinimum",
    /// "base","total"}`.
    let thresholds: JSONObject?
    /// What is done and expected, in order.
    private(set) var steps: [JSONObject]

    var testDescription: String { "\(name): \(title)" }

    private init(_ file: URL) throws {
        name = file.deletingPathExtension().lastPathComponent
        let json = try JSONValue(parsing: [UInt8](Data(contentsOf: file))).object
        title = json?["title"]?.string ?? ""
        covers = (json?["covers"]?.array ?? []).compactMap(\.string)
        seed = json?["seed"] ?? [:]
        patience = json?["patience"]?.integer.map(Int.init)
        thresholds = json?["thresholds"]?.object
        steps = (json?["steps"]?.array ?? []).compactMap(\.object)
    }

    /// Every scenario, by name.
    static func all() throws -> [Scenario] {
        try FileManager.default.contentsOfDirectory(
            at: Fixture.url("Scenarios"), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }.map(Scenario.init)
    }

    /// Takes down what was seen in place of what a step expects.
    mutating func record(_ seen: Observation, at index: Int) {
        guard var expected = steps[index]["expect"]?.object else { return }
        for name in expected.names { expected[name] = seen.json[name] }
        steps[index]["expect"] = .object(expected)
    }

    /// Writes the file.
    func save() throws {
        var json = JSONObject([
            ("title", .string(title)), ("covers", .array(covers.map(JSONValue.string))),
        ])
        json["patience"] = patience.map { .integer(Int64($0)) }
        json["thresholds"] = thresholds.map(JSONValue.object)
        json["seed"] = seed
        json["steps"] = .array(steps.map(JSONValue.object))
        try Data((JSONValue.object(json).prettyText + "\n").utf8).write(
            to: Fixture.url("Scenarios/\(name).json"))
    }
}
