// What must not happen where calls to a target overlap.

import Emulator
import HTTP
import Model
import Support
import Testing

/// A job that calls its target several times at once (`--target-concurrency`).
struct OverlappingCallsTests {
    private static let principal = ScenarioWorld.servicePrincipal

    private func world(groups: Int) throws -> TestWorld {
        var outbound = OutboundOptions()
        outbound.concurrency = 4
        let application = try JSONValue(parsing: Fixture.bytes("Scenarios/Shared/application.json"))
        let twins = (0..<groups).map { number -> JSONValue in
            [
                "id": .string("5c1a0000-0000-4000-8000-00000000020\(number)"),
                "displayName": "Sales", "mailNickname": .string("sales\(number)"),
                "mailEnabled": false, "securityEnabled": true, "members": [],
            ]
        }
        let world = try TestWorld(
            seeds: [
                Seed(name: "application", document: application),
                Seed(name: "twins", document: ["groups": .array(twins)]),
            ], outbound: outbound)
        world.send(
            "PUT", "/v1.0/servicePrincipals/\(Self.principal)/synchronization/secrets",
            ["value": [["key": "SyncAll", "value": "true"]]])
        // A fault that no call meets keeps the job from sharing one transaction with its target.
        let match: JSONValue = ["direction": "outbound", "method": "PUT", "path": "/nowhere"]
        let fault = world.send(
            "POST", "/_emulator/faults", ["match": match, "effect": ["status": 500]])
        #expect(fault.status == 201, "\(fault.json.text)")
        return world
    }

    @Test func ofObjectsThatFindTheSameTargetOneIsLinked() throws {
        let world = try world(groups: 3)
        let request = HTTPRequest(
            method: "POST", path: "/scim/\(Self.principal)/Groups",
            fields: [
                HTTPField("Authorization", "Bearer scenario-token"),
                HTTPField("Content-Type", "application/scim+json"),
            ],
            body: JSONValue.object(JSONObject([("displayName", "Sales")])).bytes)
        #expect(world.send(request).status == 201)
        let jobs = "/v1.0/servicePrincipals/\(Self.principal)/synchronization/jobs"
        let job = world.send("GET", jobs).member("value", 0, "id").string ?? ""
        let run = world.send("POST", "/_emulator/jobs/\(job)/run").member("execution")
        #expect(run.object?["countEscrowed"] == 2, "\(run.text)")

        let log = world.send(
            "GET", "/v1.0/auditLogs/provisioning?$filter=jobId%20eq%20'\(job)'")
        let statuses = (log.member("value").array ?? []).compactMap(\.object).map { record in
            let status = record["provisioningStatusInfo"]?.object
            return status?["errorInformation"]?.object?["errorCode"]?.string
                ?? status?["status"]?.string ?? ""
        }
        #expect(statuses.count { $0 == "DuplicateSourceEntries" } == 2, "\(statuses)")
        #expect(statuses.count { $0 == "success" } == 1, "\(statuses)")
    }
}
