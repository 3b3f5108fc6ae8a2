// Reset, seed, export, snapshots: a tenant as a whole.

import HTTP
import Model
import Support
import Testing

struct TenantActionsTests {
    private static let jobs =
        "/v1.0/servicePrincipals/60443998-8cf7-4e61-b05c-a53b658cb5e1/synchronization/jobs"
    private static let emptyJobs =
        "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15/synchronization/jobs"
    private static let job = jobs + "/SfSandboxOutDelta.e4bbf44533ea4eabb17027f3a92e92aa"

    /// What two worlds are compared by: bodies without what the process makes up.
    private func bodies(_ world: TestWorld, _ targets: [String]) -> [String] {
        targets.map { String(decoding: world.send("GET", $0).body, as: UTF8.self) }
    }

    @Test func resetBringsEverythingBackAsItWas() throws {
        let world = try TestWorld()
        let targets = ["/_emulator/export", Self.job, "/_emulator/clock", "/_emulator/faults"]
        let before = bodies(world, targets)
        let made = world.send("POST", Self.emptyJobs, ["templateId": "SfSandboxOutDelta"])
        #expect(made.status == 201)
        world.send("POST", "/_emulator/clock", ["advance": "P1D"])
        world.send("POST", "/_emulator/faults", ["preset": "503-outage"])
        #expect(bodies(world, targets) != before)
        #expect(world.send("POST", "/_emulator/reset").status == 200)
        #expect(bodies(world, targets) == before)
        // One of the targets is a request that the journal keeps.
        #expect(world.send("GET", "/_emulator/requests").member("next") == 2)
        // The same steps give the same identifiers again.
        let again = world.send("POST", Self.emptyJobs, ["templateId": "SfSandboxOutDelta"])
        #expect(again.body == made.body)
        let ran = world.send("POST", "/_emulator/clock", ["advance": "PT20M"]).member("ran")
        #expect(ran.array?.isEmpty == false)
    }

    @Test func theSameStepsGiveTheSameBytes() throws {
        func run() throws -> [[UInt8]] {
            let world = try TestWorld()
            let other = "/tenants/11111111-2222-4333-8444-555555555555"
            var bodies: [[UInt8]] = []
            for prefix in ["", other] {
                let fault: JSONValue = ["preset": "slow", "count": 1]
                bodies.append(
                    world.send("POST", prefix + Self.jobs, ["templateId": "scim"]).body)
                bodies.append(
                    world.send("POST", prefix + "/_emulator/clock", ["advance": "PT1H"]).body)
                bodies.append(world.send("POST", prefix + "/_emulator/faults", fault).body)
                for target in ["/_emulator/export", Self.job, "/_emulator/requests"] {
                    bodies.append(world.send("GET", prefix + target).body)
                }
            }
            return bodies
        }
        #expect(try run() == run())
    }

    @Test func snapshotsBringBackRowsClockAndIdentifiers() throws {
        for isDurable in [false, true] {
            let directory = try TemporaryDirectory()
            let world = try TestWorld(dataDirectory: isDurable ? directory.path : nil)
            world.send("POST", "/_emulator/clock", ["advance": "PT30M"])
            let taken = world.send("PUT", "/_emulator/snapshots/before")
            #expect(taken.status == 200)
            #expect(taken.member("time") == "2026-01-01T00:30:00Z")
            let before = bodies(world, ["/_emulator/export", Self.job, "/_emulator/clock"])
            let ran = world.send("POST", "/_emulator/clock", ["advance": "PT1H"]).body
            world.send("DELETE", Self.job)
            #expect(world.send("POST", "/_emulator/snapshots/before/restore").status == 200)
            #expect(bodies(world, ["/_emulator/export", Self.job, "/_emulator/clock"]) == before)
            #expect(world.send("POST", "/_emulator/clock", ["advance": "PT1H"]).body == ran)
            let names = world.send("GET", "/_emulator/snapshots").member("value", 0, "name")
            #expect(names == "before")
            #expect(world.send("DELETE", "/_emulator/snapshots/before").status == 204)
            #expect(world.send("POST", "/_emulator/snapshots/before/restore").status == 404)
            #expect(world.send("PUT", "/_emulator/snapshots/..%2Fup").status == 400)
        }
    }

    @Test func anExportMakesTheSameTenantAgain() throws {
        let world = try TestWorld()
        world.send("POST", "/_emulator/faults", ["id": "slow", "preset": "slow", "count": 1])
        let schema = world.send("GET", Self.job + "/schema").json
        #expect(world.send("PUT", Self.job + "/schema", schema).status == 204)
        world.send(
            "POST",
            "/_emulator/directories/scim/User"
                + "?servicePrincipal=a385dff5-08ad-40df-bb25-c35f5868fbe3",
            ["attributes": ["id": "u1", "userName": "ada@contoso.com"]])
        let export = world.send("GET", "/_emulator/export?secrets=true").json
        let copy = try TestWorld(seeds: [])
        #expect(copy.send("POST", "/_emulator/seed", export).status == 200)
        #expect(copy.send("GET", "/_emulator/export?secrets=true").json == export)
        let masked = world.send("GET", "/_emulator/export")
        #expect(!String(decoding: masked.body, as: UTF8.self).contains("demo-scim-token"))
    }

    @Test func aSeedThatCannotBeUsedChangesNothing() throws {
        let world = try TestWorld()
        let before = world.send("GET", "/_emulator/export").body
        let answer = world.send(
            "POST", "/_emulator/seed",
            ["users": [["userPrincipalName": "new@contoso.com"], ["displayName": "nobody"]]])
        #expect(answer.status == 400)
        #expect(answer.errorMessage.contains("users[1].userPrincipalName"))
        #expect(world.send("GET", "/_emulator/export").body == before)
    }
}
