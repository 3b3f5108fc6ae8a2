// The scenario suite: whole stories of a job, from its seed to what the target, the job and the log saw.

import Model
import Support
import Testing

/// Runs every file of `Fixtures/Scenarios` under a standing clock.
struct ScenarioTests {
    @Test(arguments: try Scenario.all())
    func aScenarioGoesAsItIsTold(_ scenario: Scenario) throws {
        try scenario.play(on: ScenarioWorld(scenario))
    }

    @Test func thereAreScenariosForEveryTable() throws {
        let scenarios = try Scenario.all()
        #expect(scenarios.count >= 40)
        for scenario in scenarios { scenario.checkCompleteness() }
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
