// Commands, reads and moves of the clock from many threads at once; the thread sanitizer's suite.

import Dispatch
import Emulator
import HTTP
import Model
import Support
import Testing

struct ConcurrencyTests {
    private static let salesforce3 = "/v1.0/servicePrincipals/d813d7d7-0f41-4edc-b284-d0dfaf399d15"

    @Test func commandsFromManyThreadsLeaveWholeRows() throws {
        let world = try TestWorld()
        let secrets = Self.salesforce3 + "/synchronization/secrets"
        DispatchQueue.concurrentPerform(iterations: 8) { worker in
            for round in 0..<25 {
                let value = JSONValue.string("\(worker)-\(round)")
                let body: JSONValue = [
                    "value": [
                        ["key": "BaseAddress", "value": value],
                        ["key": "UserName", "value": value],
                    ]
                ]
                #expect(world.send("PUT", secrets, body).status == 204)
                let read = world.send("GET", secrets)
                // Both were written in one transaction, whichever thread's it was.
                #expect(read.member("value", 0, "value") == read.member("value", 1, "value"))
            }
        }
    }

    @Test func theClockMovesWhileOthersReadAndWrite() throws {
        let world = try TestWorld()
        let jobs = Self.salesforce3 + "/synchronization/jobs"
        DispatchQueue.concurrentPerform(iterations: 6) { worker in
            for _ in 0..<10 {
                switch worker % 3 {
                case 0:
                    let moved = world.send("POST", "/_emulator/clock", ["advance": "PT10M"])
                    #expect(moved.status == 200)
                case 1:
                    let created = world.send("POST", jobs, ["templateId": "SfSandboxOutDelta"])
                    #expect([201, 400].contains(created.status))
                    if let id = created.member("id").string {
                        #expect(world.send("POST", "\(jobs)/\(id)/start").status == 204)
                        #expect(world.send("DELETE", "\(jobs)/\(id)").status == 204)
                    }
                default:
                    #expect(world.send("GET", jobs).status == 200)
                    #expect(world.send("GET", "/_emulator/info").status == 200)
                }
            }
        }
        let now = world.send("GET", "/_emulator/clock").member("now")
        #expect(now == "2026-01-01T03:20:00Z")
    }

    @Test func tenantsAreMadeOnceAndKnowNothingOfEachOther() throws {
        let world = try TestWorld()
        DispatchQueue.concurrentPerform(iterations: 8) { worker in
            let tenant = "/tenants/0000000\(worker % 4)-0000-4000-8000-000000000000"
            let secrets = tenant + Self.salesforce3 + "/synchronization/secrets"
            let body: JSONValue = [
                "value": [["key": "Domain", "value": .string("\(worker % 4)")]]
            ]
            #expect(world.send("PUT", secrets, body).status == 204)
            #expect(
                world.send("GET", secrets).member("value", 0, "value")
                    == .string("\(worker % 4)"))
        }
        #expect(world.tenants.all.count == 4)
    }

    @Test func fiftyTenantsAtOnceDoNotMeet() throws {
        let world = try TestWorld()
        DispatchQueue.concurrentPerform(iterations: 50) { number in
            let digits = String(number + 10)
            let prefix = "/tenants/000000\(digits)-0000-4000-8000-000000000000"
            for round in 0..<2 {
                let name = "user\(number)-\(round)@contoso.com"
                let seed: JSONValue = [
                    "users": [["userPrincipalName": .string(name), "displayName": .string(name)]]
                ]
                let seeded = world.send("POST", prefix + "/_emulator/seed", seed)
                #expect(seeded.member("counts", "users") == 52)
                let moved = world.send("POST", prefix + "/_emulator/clock", ["advance": "PT4M"])
                #expect(moved.member("now") == "2026-01-01T00:04:00Z")
                #expect(moved.member("ran").array?.isEmpty == false)
                #expect(world.send("POST", prefix + "/_emulator/reset").status == 200)
                let info = world.send("GET", prefix + "/_emulator/info")
                #expect(info.member("tenant", "counts", "users") == 51)
                #expect(info.member("tenant", "clock", "now") == "2026-01-01T00:00:00Z")
            }
        }
    }
}
