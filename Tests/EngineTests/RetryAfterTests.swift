// The option to wait when a target says so.

import Emulator
import HTTP
import Model
import Support
import Testing

/// A target that answers 429, on a clock that runs an hour in a second.
struct RetryAfterTests {
    /// What became of one user's creation.
    struct Outcome: Equatable {
        /// The answers to `POST /Users`.
        var statuses: [Int]
        /// Seconds between them, on the tenant's clock.
        var waits: [Int64]
        /// The run's state and what is in error after it.
        var state: String
        var escrowed: Int64
        /// The log's error; nil where the user was made.
        var error: String?
    }

    /// Runs a cycle with one user whose creation is refused so often.
    private func run(
        honors: Bool, retryAfter: Int?, times: Int, clock: JSONValue = "x3600"
    ) throws -> Outcome {
        var outbound = OutboundOptions()
        outbound.honorsRetryAfter = honors
        let application = try JSONValue(parsing: Fixture.bytes("Scenarios/Shared/application.json"))
        let world = try TestWorld(
            seeds: [
                Seed(name: "application", document: application), try Seed(load: "load:1"),
            ], outbound: outbound)
        let synchronization =
            "/v1.0/servicePrincipals/\(ScenarioWorld.servicePrincipal)/synchronization"
        world.send(
            "PUT", synchronization + "/secrets",
            ["value": [["key": "SyncAll", "value": "true"]]])
        var effect = JSONObject([("status", 429)])
        effect["retryAfter"] = retryAfter.map { .integer(Int64($0)) }
        let match: JSONValue = ["direction": "outbound", "method": "POST", "path": "/scim/*/Users"]
        let fault = world.send(
            "POST", "/_emulator/faults",
            ["match": match, "effect": .object(effect), "count": .integer(Int64(times))])
        #expect(fault.status == 201, "\(fault.json.text)")
        world.send("POST", "/_emulator/clock", ["mode": clock])
        let job = world.send("GET", synchronization + "/jobs").member("value", 0, "id").string ?? ""
        let ran = world.send("POST", "/_emulator/jobs/\(job)/run")
        world.send("POST", "/_emulator/clock", ["mode": "manual"])
        #expect(ran.status == 200, "\(ran.json.text)")

        let journal = world.send("GET", "/_emulator/requests?direction=outbound&method=POST")
        let calls = (journal.member("value").array ?? []).compactMap(\.object).filter {
            $0["path"]?.string?.hasSuffix("/Users") == true
        }
        let times = calls.compactMap { $0["time"]?.string.flatMap(Timestamp.init(parsing:)) }
        let log = world.send(
            "GET",
            "/v1.0/auditLogs/provisioning?$filter=sourceIdentity/identityType eq 'User'".replacing(
                " ", with: "%20"))
        return Outcome(
            statuses: calls.compactMap { $0["status"]?.integer.map(Int.init) },
            waits: zip(times, times.dropFirst()).map { ($1 - $0).ticks / 10_000_000 },
            state: ran.member("execution", "state").string ?? "",
            escrowed: ran.member("execution", "countEscrowed").integer ?? -1,
            error: log.member("value", 0, "provisioningStatusInfo", "errorInformation", "errorCode")
                .string)
    }

    @Test func aCallWaitsAsLongAsItIsToldAndIsMadeAgain() throws {
        let outcome = try run(honors: true, retryAfter: 45, times: 2)
        #expect(outcome.statuses == [429, 429, 201])
        #expect(outcome.waits.count == 2)
        // A machine that is busy adds virtual seconds by the hundred, and takes none away.
        #expect(outcome.waits.allSatisfy { $0 >= 45 }, "\(outcome.waits)")
        #expect(outcome.state == "Succeeded")
        #expect(outcome.escrowed == 0)
        #expect(outcome.error == nil)
    }

    /// Time does not pass, so that a target that means what it says refuses all of them.
    @Test func aStandingClockIsNotWaitedFor() throws {
        let outcome = try run(honors: true, retryAfter: 45, times: 1, clock: "manual")
        #expect(outcome.statuses == [429, 429, 429, 429, 429, 429])
        #expect(outcome.waits == [0, 0, 0, 0, 0])
        #expect(outcome.state == "EntryLevelErrors")
    }

    @Test(
        arguments: [
            // Without the option, beyond a minute, without a time, and at the sixth time.
            (false, 1, 1, [429]), (true, 61, 1, [429]), (true, nil, 1, [429]),
            (true, 1, 6, [429, 429, 429, 429, 429, 429]),
        ] as [(Bool, Int?, Int, [Int])])
    func otherwiseTheObjectIsEscrowed(
        honors: Bool, retryAfter: Int?, times: Int, statuses: [Int]
    ) throws {
        let outcome = try run(honors: honors, retryAfter: retryAfter, times: times)
        #expect(outcome.statuses == statuses)
        #expect(outcome.state == "EntryLevelErrors")
        #expect(outcome.escrowed == 1)
        #expect(outcome.error == "TooManyRequests")
    }

    @Test func fiveTimesAreEnough() throws {
        let outcome = try run(honors: true, retryAfter: 1, times: 5)
        #expect(outcome.statuses == [429, 429, 429, 429, 429, 201])
        #expect(outcome.state == "Succeeded")
    }
}
