// Pages of which the next is begun while one is at work.

import Dispatch
import Emulator
import HTTP
import Model
import Support
import Testing

/// A first cycle of several pages into the built-in target.
struct UpcomingPageTests {
    private static let principal = ScenarioWorld.servicePrincipal
    private static let users = 450

    private static func id(_ number: Int) -> String {
        let digits = String(number)
        let zeros = String(repeating: "0", count: 12 - digits.count)
        return "5c1b0000-0000-4000-8000-\(zeros)\(digits)"
    }

    /// A world with people for three pages, and its job.
    private func world() throws -> (TestWorld, job: String) {
        let application = try JSONValue(parsing: Fixture.bytes("Scenarios/Shared/application.json"))
        let people = (0..<Self.users).map { number -> JSONValue in
            [
                "id": .string(Self.id(number)),
                "userPrincipalName": .string("user\(number)@contoso.com"),
                "displayName": .string("User \(number)"), "accountEnabled": true,
                "mailNickname": .string("user\(number)"),
            ]
        }
        let world = try TestWorld(seeds: [
            Seed(name: "application", document: application),
            Seed(name: "people", document: ["users": .array(people)]),
        ])
        let root = "/v1.0/servicePrincipals/\(Self.principal)/synchronization"
        world.send("PUT", root + "/secrets", ["value": [["key": "SyncAll", "value": "true"]]])
        let job = world.send("GET", root + "/jobs").member("value", 0, "id").string ?? ""
        return (world, job)
    }

    /// The users that the target holds, in the order in which they came.
    private func held(_ world: TestWorld) -> [(name: String, displayName: String)] {
        let list = world.send(
            HTTPRequest(
                path: "/scim/\(Self.principal)/Users", query: "count=1000",
                fields: [HTTPField("Authorization", "Bearer scenario-token")]))
        return (list.member("Resources").array ?? []).compactMap(\.object).map {
            ($0["userName"]?.string ?? "", $0["displayName"]?.string ?? "")
        }
    }

    @Test func everybodyComesOnceAndInOrder() throws {
        let (world, job) = try world()
        let run = world.send("POST", "/_emulator/jobs/\(job)/run").member("execution")
        #expect(run.object?["countImported"] == .integer(Int64(Self.users)), "\(run.text)")
        #expect(run.object?["countExported"] == .integer(Int64(Self.users)), "\(run.text)")
        let held = held(world)
        #expect(held.count == Self.users)
        for (number, user) in held.enumerated() {
            #expect(user == ("user\(number)@contoso.com", "User \(number)"))
        }
    }

    /// Changes come in while pages are at work, and also while the next one has been read.
    @Test func whatChangesMeanwhileArrivesInTheEnd() throws {
        let (world, job) = try world()
        let changed = (0..<60).map { ($0 * 7 + 13) % Self.users }
        DispatchQueue.concurrentPerform(iterations: 2) { turn in
            if turn == 0 {
                world.send("POST", "/_emulator/jobs/\(job)/run")
            } else {
                for number in changed {
                    let patched = world.send(
                        "PATCH", "/v1.0/users/\(Self.id(number))",
                        ["displayName": .string("Changed \(number)")])
                    #expect(patched.status == 204)
                }
                // One that is not there any more when its page comes, or goes in the next cycle.
                world.send("DELETE", "/v1.0/users/\(Self.id(Self.users - 1))")
            }
        }
        let run = world.send("POST", "/_emulator/jobs/\(job)/run").member("execution")
        #expect(run.object?["state"] == "Succeeded", "\(run.text)")
        let held = held(world)
        let names = Set(held.map(\.name))
        #expect(names.count == held.count)
        for number in 0..<(Self.users - 1) {
            #expect(names.contains("user\(number)@contoso.com"))
        }
        let displayNames = Set(held.map(\.displayName))
        for number in changed { #expect(displayNames.contains("Changed \(number)")) }
    }
}
