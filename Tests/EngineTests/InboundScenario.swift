// A story of an inbound job as its file has it.

import Foundation
import Model
import Support
import Testing

/// One story: `{"title","covers":["inbound hire"],"source":"Workday","seed":{…},"steps":[{…}]}`.
///
/// A step is an order (`InboundScenarioWorld.carryOut`), an expectation (`expect`), or both: the order
/// first.
struct InboundScenario: Sendable, CustomTestStringConvertible {
    /// The file's name without its ending.
    let name: String
    /// What happens, in a sentence.
    let title: String
    /// What it shows.
    let covers: [String]
    /// The directory that the story's job reads.
    let source: String
    /// A seed document; what all stories share is in `Shared/inbound.json`.
    let seed: JSONValue
    /// What is done and expected, in order.
    private(set) var steps: [JSONObject]

    var testDescription: String { "\(name): \(title)" }

    private init(_ file: URL) throws {
        name = file.deletingPathExtension().lastPathComponent
        let json = try JSONValue(parsing: [UInt8](Data(contentsOf: file))).object
        title = json?["title"]?.string ?? ""
        covers = (json?["covers"]?.array ?? []).compactMap(\.string)
        source = json?["source"]?.string ?? ""
        seed = json?["seed"] ?? [:]
        steps = (json?["steps"]?.array ?? []).compactMap(\.object)
    }

    /// Every story, by name.
    static func all() throws -> [InboundScenario] {
        try FileManager.default.contentsOfDirectory(
            at: Fixture.url("Scenarios/Inbound"), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }.map(InboundScenario.init)
    }

    /// Takes down what was seen in place of what a step expects.
    mutating func record(_ seen: JSONObject, at index: Int) {
        guard var expected = steps[index]["expect"]?.object else { return }
        for name in expected.names { expected[name] = seen[name] }
        steps[index]["expect"] = .object(expected)
    }

    /// Writes the file.
    func save() throws {
        let json: JSONValue = [
            "title": .string(title), "covers": .array(covers.map(JSONValue.string)),
            "source": .string(source), "seed": seed,
            "steps": .array(steps.map(JSONValue.object)),
        ]
        let file = Fixture.url("Scenarios/Inbound/\(name).json")
        try Data((json.prettyText + "\n").utf8).write(to: file)
    }
}
