// The stories of inbound jobs: from a change in the source to the user, the log and the job.

import Model
import Testing

/// Runs every file of `Fixtures/Scenarios/Inbound` under a standing clock.
struct InboundScenarioTests {
    @Test(arguments: try Scenario.all(in: Scenario.inbound))
    func aStoryGoesAsItIsTold(_ scenario: Scenario) throws {
        try scenario.play(on: InboundScenarioWorld(scenario))
    }

    @Test func bothSourcesHaveEveryStory() throws {
        let scenarios = try Scenario.all(in: Scenario.inbound)
        let covered = scenarios.map { "\($0.source ?? ""): \($0.covers.joined())" }
        let stories = [
            "hire", "rename", "manager-change", "transfer-out-of-scope", "termination", "re-hire",
            "duplicate-name", "chain",
        ]
        for source in ["Workday", "Active Directory"] {
            for story in stories {
                #expect(covered.contains("\(source): inbound \(story)"), "\(source), \(story)")
            }
        }
        for scenario in scenarios { scenario.checkCompleteness() }
    }
}
