// One object on demand, dry runs, and object connections.

import Emulator
import HTTP
import Model
import Support
import Testing

struct OnDemandTests {
    private static let application = "a385dff5-08ad-40df-bb25-c35f5868fbe3"
    private static let rule = "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8"

    private func jobPath(_ world: TestWorld) throws -> (path: String, id: String) {
        let jobs = try world.tenant().jobs(of: .id(try #require(GUID(parsing: Self.application))))
        let id = try #require(jobs.first?.job.id)
        return (
            "/v1.0/servicePrincipals/\(Self.application)/synchronization/jobs/\(id)", id
        )
    }

    /// A user that the plan of the job's first cycle creates.
    private func someone(_ world: TestWorld, _ job: String) throws -> String {
        let plan = world.send("POST", "/_emulator/jobs/\(job)/run", ["plan": true])
        #expect(plan.status == 200)
        let changes = plan.member("changes").array ?? []
        let created = changes.compactMap(\.object).first {
            $0["action"]?.string == "create" && $0["source"]?.object?["type"]?.string == "User"
        }
        return try #require(created?["source"]?.object?["id"]?.string)
    }

    private func subject(_ id: String, rule: String = Self.rule) -> JSONValue {
        [
            "parameters": [
                [
                    "ruleId": .string(rule),
                    "subjects": [["objectId": .string(id), "objectTypeName": "User"]],
                ]
            ]
        ]
    }

    @Test func anObjectIsMadeOnceAndThenFoundRedundant() throws {
        let world = try TestWorld()
        let (path, job) = try jobPath(world)
        let user = try someone(world, job)
        let first = world.send("POST", path + "/provisionOnDemand", subject(user))
        #expect(first.status == 200)
        #expect(first.member("key") == #"{"result":"Success","details":{}}"#)
        let record = try JSONValue(parsing: first.member("value").string ?? "")
        #expect(record.object?["action"] == "Create")
        let steps = (record.object?["provisioningSteps"]?.array ?? []).compactMap {
            $0.object?["name"]?.string
        }
        #expect(
            Array(steps.prefix(4)) == [
                "EntryImport", "EntrySynchronizationScoping", "EntrySynchronizationAdd",
                "EntryExportAdd",
            ])
        let second = world.send("POST", path + "/provisionOnDemand", subject(user))
        let key = try JSONValue(parsing: second.member("key").string ?? "").object
        #expect(key?["result"] == "Skipped")
        #expect(key?["details"]?.object?["errorCode"] == "RedundantExport")
    }

    @Test func anUnknownRuleIsNamed() throws {
        let world = try TestWorld()
        let (path, job) = try jobPath(world)
        let answer = world.send(
            "POST", path + "/provisionOnDemand", subject(try someone(world, job), rule: "x"))
        #expect(answer.status == 400)
        #expect(answer.errorCode == "RequestParameterInvalid")
        #expect(answer.errorMessage.contains("synchronization job: \(job).  The request also"))
    }

    @Test(
        arguments: [
            [:], ["parameters": []], ["parameters": [["ruleId": "x", "subjects": []]]],
            ["parameters": [["subjects": "x"]]], ["parameters": "x"], ["other": 1],
        ] as [JSONValue])
    func bodiesWithoutOneSubjectAreRefused(_ body: JSONValue) throws {
        let world = try TestWorld()
        let answer = world.send("POST", try jobPath(world).path + "/provisionOnDemand", body)
        #expect(answer.status == 400)
        #expect(!answer.errorMessage.isEmpty)
    }

    @Test func aPlanChangesNothing() throws {
        let world = try TestWorld()
        let (_, job) = try jobPath(world)
        let path = "/_emulator/jobs/\(job)/run"
        let first = world.send("POST", path, ["plan": true])
        let second = world.send("POST", path, ["plan": true])
        #expect(first.member("changes") == second.member("changes"))
        #expect(first.member("initial") == true)
        let run = world.send("POST", path)
        let created = (first.member("changes").array ?? []).filter {
            $0.object?["action"] == "create"
        }
        #expect(!created.isEmpty)
        let exported = run.member("execution", "countExported").integer ?? 0
        #expect(exported >= Int64(created.count))
        let after = world.send("POST", path, ["plan": true])
        #expect(after.member("changes") == [])
    }

    @Test func aConnectionIsReadAndRemovedWhileTheJobRests() throws {
        let world = try TestWorld()
        let (path, job) = try jobPath(world)
        let user = try someone(world, job)
        world.send("POST", path + "/provisionOnDemand", subject(user))
        let beta = path.replacing("/v1.0", with: "/beta")
        let connection = beta + "/objectConnections('\(user)')"
        let found = world.send("GET", connection)
        #expect(found.status == 200)
        #expect(found.member("sourceAnchor") == .string(user))
        let target = found.member("targetAnchor").string ?? ""
        #expect(
            world.send("GET", beta + "/objectConnections('\(target)')").member("sourceAnchor")
                == .string(user))
        #expect(world.send("DELETE", connection).status == 409)
        #expect(world.send("POST", path + "/pause").status == 204)
        #expect(world.send("DELETE", connection).status == 204)
        #expect(world.send("DELETE", connection).status == 204)
        #expect(world.send("GET", connection).status == 404)
        #expect(world.send("GET", beta + "/objectConnections").status == 400)
        #expect(world.send("GET", path + "/objectConnections('\(user)')").status == 400)
    }

    @Test func aJobIsQuarantinedByHandAndLetGoByItsNextCycle() throws {
        let world = try TestWorld()
        let (path, job) = try jobPath(world)
        let order = "/_emulator/jobs/\(job)/quarantine"
        #expect(world.send("POST", order, ["reason": "Nonsense"]).status == 400)
        #expect(world.send("POST", order).status == 204)
        let status = world.send("GET", path).member("status")
        #expect(status.object?["code"] == "Quarantine")
        #expect(status.object?["quarantine"]?.object?["reason"] == "QuarantinedOnDemand")
        world.send("POST", "/_emulator/clock", ["advance": "PT5M"])
        #expect(world.send("GET", path).member("status", "code") == "Active")
    }
}
