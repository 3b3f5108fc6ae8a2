// The scenario suite: whole stories of a job, from its seed to what the target, the job and the log saw.

import Foundation
import Model
import Support
import Testing

/// Runs every file of `Fixtures/Scenarios` under a standing clock.
///
/// `RECORD=1` fills in what the scenarios expect; each line of that has to be read against the
/// documentation before it is kept.
struct ScenarioTests {
    @Test(arguments: try Scenario.all())
    func aScenarioGoesAsItIsTold(_ scenario: Scenario) throws {
        var recorded = scenario
        let world = try ScenarioWorld(scenario)
        for (index, step) in scenario.steps.enumerated() {
            try world.carryOut(step, "step \(index + 1)")
            guard let expected = step["expect"]?.object else { continue }
            let seen = try world.observation()
            if Fixture.isRecording {
                recorded.record(seen, at: index)
                continue
            }
            for (name, value) in seen.json.members.map({ ($0.name, $0.value) }) {
                // Writes and failures that a scenario says nothing of would go unseen.
                guard let wanted = expected[name] else { continue }
                let faults = Mismatch.all(wanted, value, at: "\(index + 1).\(name)")
                #expect(
                    faults.isEmpty,
                    """
                    \(scenario.name) (\(scenario.title)), step \(index + 1), \(name):
                    \(faults.prefix(8).joined(separator: "\n"))
                    seen: \(value.prettyText)
                    """)
            }
        }
        if Fixture.isRecording { try recorded.save() }
    }

    @Test func thereAreScenariosForEveryTable() throws {
        let scenarios = try Scenario.all()
        #expect(scenarios.count >= 40)
        for scenario in scenarios {
            #expect(!scenario.title.isEmpty, "\(scenario.name)")
            #expect(!scenario.covers.isEmpty, "\(scenario.name)")
            let expectations = scenario.steps.compactMap { $0["expect"]?.object }
            #expect(!expectations.isEmpty, "\(scenario.name)")
            // A question mark stands where nothing has been recorded yet.
            let isOpen = expectations.contains { $0.members.contains { $0.value == "?" } }
            #expect(!isOpen, "\(scenario.name)")
        }
        #expect(scenarios.contains { $0.covers.contains { $0.hasPrefix("3.3 ") } })
    }

    /// `Shared/rows.json` lists the rows of the service's tables by section; each needs its scenario.
    @Test func everyRowOfTheTablesHasAScenario() throws {
        let covered = Set(try Scenario.all().flatMap(\.covers))
        let rows = try JSONValue(parsing: Fixture.bytes("Scenarios/Shared/rows.json")).object
        let sections = try #require(rows).members
        #expect(sections.map(\.name).contains("1.8"))
        for section in sections {
            for row in (section.value.array ?? []).compactMap(\.string) {
                let name = section.name + " " + row
                #expect(covered.contains(name), "no scenario covers '\(name)'")
            }
        }
    }
}
