// The stories of inbound jobs: from a change in the source to the user, the log and the job.

import Model
import Support
import Testing

/// Runs every file of `Fixtures/Scenarios/Inbound` under a standing clock.
///
/// `RECORD=1` fills in what the stories expect; each line of that has to be read against the
/// documentation before it is kept.
struct InboundScenarioTests {
    @Test(arguments: try InboundScenario.all())
    func aStoryGoesAsItIsTold(_ scenario: InboundScenario) throws {
        var recorded = scenario
        let world = try InboundScenarioWorld(scenario)
        for (index, step) in scenario.steps.enumerated() {
            try world.carryOut(step, "step \(index + 1)")
            guard let expected = step["expect"]?.object else { continue }
            let seen = try world.observation()
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
                    \(scenario.name) (\(scenario.title)), step \(index + 1), \(name):
                    \(faults.prefix(8).joined(separator: "\n"))
                    seen: \(value.prettyText)
                    """)
            }
        }
        if Fixture.isRecording { try recorded.save() }
    }

    @Test func bothSourcesHaveEveryStory() throws {
        let scenarios = try InboundScenario.all()
        let covered = scenarios.map { "\($0.source): \($0.covers.joined())" }
        let stories = [
            "hire", "rename", "manager-change", "transfer-out-of-scope", "termination", "re-hire",
            "duplicate-name", "chain",
        ]
        for source in ["Workday", "Active Directory"] {
            for story in stories {
                #expect(covered.contains("\(source): inbound \(story)"), "\(source), \(story)")
            }
        }
        for scenario in scenarios {
            let expectations = scenario.steps.compactMap { $0["expect"]?.object }
            #expect(!expectations.isEmpty, "\(scenario.name)")
            // A question mark stands where nothing has been recorded yet.
            let isOpen = expectations.contains { $0.members.contains { $0.value == "?" } }
            #expect(!isOpen, "\(scenario.name)")
        }
    }
}
