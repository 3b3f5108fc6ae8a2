// A scenario as its file has it.

import Foundation
import Model
import Support
import Testing

/// One story: `{"title","covers":["1.8 …"],"seed":{…},"steps":[{…}]}`; those of `Inbound` have a `source`.
///
/// A step is an order (`ScenarioStage.carryOut`), an expectation (`expect`), or both: the order first.
struct Scenario: Sendable, CustomTestStringConvertible {
    /// Where stories of jobs lie whose target is the tenant.
    static let inbound = "Scenarios/Inbound"

    private let folder: String
    /// The file's name without its ending.
    let name: String
    /// What happens, in a sentence.
    let title: String
    /// The rows of the service's tables that it shows, each with its section.
    let covers: [String]
    /// The directory that an inbound job reads; nil for stories of outbound ones.
    let source: String?
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

    private init(_ file: URL, in folder: String) throws {
        self.folder = folder
        name = file.deletingPathExtension().lastPathComponent
        let json = try JSONValue(parsing: [UInt8](Data(contentsOf: file))).object
        title = json?["title"]?.string ?? ""
        covers = (json?["covers"]?.array ?? []).compactMap(\.string)
        source = json?["source"]?.string
        seed = json?["seed"] ?? [:]
        patience = json?["patience"]?.integer.map(Int.init)
        thresholds = json?["thresholds"]?.object
        steps = (json?["steps"]?.array ?? []).compactMap(\.object)
    }

    /// Every scenario of a folder, by name.
    static func all(in folder: String = "Scenarios") throws -> [Scenario] {
        try FileManager.default.contentsOfDirectory(
            at: Fixture.url(folder), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { try Scenario($0, in: folder) }
    }

    /// Goes through the steps and compares what is seen with what is expected.
    ///
    /// `RECORD=1` fills in what the file expects instead; each line of that has to be read against the
    /// documentation before it is kept.
    func play(on stage: some ScenarioStage) throws {
        var recorded = self
        for (index, step) in steps.enumerated() {
            try stage.carryOut(step, "step \(index + 1)")
            guard let expected = step["expect"]?.object else { continue }
            let seen = try stage.observation()
            if Fixture.isRecording {
                recorded.record(seen, at: index)
                continue
            }
            for name in expected.names {
                let value = seen[name] ?? .null
                let faults = Mismatch.all(
                    expected[name] ?? .null, value, at: "\(index + 1).\(name)")
                #expect(
                    faults.isEmpty,
                    """
                    \(self.name) (\(title)), step \(index + 1), \(name):
                    \(faults.prefix(8).joined(separator: "\n"))
                    seen: \(value.prettyText)
                    """)
            }
        }
        if Fixture.isRecording { try recorded.save() }
    }

    /// Checks that a story says what it is about and has been recorded.
    func checkCompleteness() {
        #expect(!title.isEmpty, "\(name)")
        #expect(!covers.isEmpty, "\(name)")
        let expectations = steps.compactMap { $0["expect"]?.object }
        #expect(!expectations.isEmpty, "\(name)")
        // A question mark stands where nothing has been recorded yet.
        let isOpen = expectations.contains { $0.members.contains { $0.value == "?" } }
        #expect(!isOpen, "\(name)")
    }

    /// Takes down what was seen in place of what a step expects.
    private mutating func record(_ seen: JSONObject, at index: Int) {
        guard var expected = steps[index]["expect"]?.object else { return }
        for name in expected.names { expected[name] = seen[name] }
        steps[index]["expect"] = .object(expected)
    }

    private func save() throws {
        var json = JSONObject([
            ("title", .string(title)), ("covers", .array(covers.map(JSONValue.string))),
        ])
        json["source"] = source.map(JSONValue.string)
        json["patience"] = patience.map { .integer(Int64($0)) }
        json["thresholds"] = thresholds.map(JSONValue.object)
        json["seed"] = seed
        json["steps"] = .array(steps.map(JSONValue.object))
        try Data((JSONValue.object(json).prettyText + "\n").utf8).write(
            to: Fixture.url("\(folder)/\(name).json"))
    }
}
