// What a job's status shows besides its runs and counts.

import HTTP
import Model
import Support
import Testing

/// Looks at a job from where its target stands: in the middle of its cycle.
struct JobStatusTests {
    @Test func anInitialCycleShowsHowManyPagesAreDone() throws {
        try WatchedTarget.with("load:450") { world, job, target in
            func progress() -> JSONValue {
                world.send("GET", job).member("status", "progress")
            }
            world.send("POST", job + "/start")
            #expect(progress() == [])
            target.watch { world.send("GET", job).member("status", "progress") }
            world.send("POST", "/_emulator/clock", ["advance": "PT40M"])

            // Of 450 users in pages of 200 every twentieth is disabled and never written.
            let counts = target.seen.map { measures in
                (measures.array ?? []).map { $0.object?["completedUnits"] ?? .null }
            }
            let pages = [(190, []), (190, [1]), (48, [2])] as [(Int, [JSONValue])]
            #expect(counts == pages.flatMap { Array(repeating: $1, count: $0) })
            #expect(
                target.seen.last == [
                    [
                        "completedUnits": 2,
                        "progressObservationDateTime": "2026-01-01T00:40:00Z",
                        "totalUnits": 3, "units": "page",
                    ]
                ])
            #expect(progress() == [])
            let status = world.send("GET", job).member("status")
            #expect(status.object?["code"] == "Active")
        }
    }

    @Test func anIncrementalCycleShowsNone() throws {
        try WatchedTarget.with("load:3") { world, job, target in
            world.send("POST", job + "/start")
            world.send("POST", "/_emulator/clock", ["advance": "PT40M"])
            target.watch { world.send("GET", job).member("status", "progress") }
            let change = world.send(
                "PATCH", "/v1.0/users/user1@load.contoso.com", ["department": "Sailing"])
            #expect(change.status == 204)
            world.send("POST", "/_emulator/clock", ["advance": "PT40M"])
            #expect(target.seen == [[]])
        }
    }

    /// `troubleshootingUrl`: null before the first start, empty after, whatever comes.
    @Test func theTroubleshootingAddressIsEmptyOnceAJobWasStarted() throws {
        try WatchedTarget.with("load:1") { world, job, _ in
            func address() -> JSONValue {
                world.send("GET", job).member("status", "troubleshootingUrl")
            }
            let fresh = world.send("GET", job).member("status").object
            #expect(fresh?.names.contains("troubleshootingUrl") == true)
            #expect(address().isNull)
            world.send("POST", job + "/start")
            #expect(address() == "")
            world.send("POST", "/_emulator/clock", ["advance": "PT40M"])
            #expect(address() == "")
            world.send("POST", job + "/pause")
            world.send("POST", job + "/restart", ["criteria": ["resetScope": "Full"]])
            #expect(address() == "")
            let id = String(job.split(separator: "/").last ?? "")
            world.send("POST", "/_emulator/jobs/\(id)/quarantine")
            #expect(world.send("GET", job).member("status", "code") == "Quarantine")
            #expect(address() == "")
        }
    }

    /// A pause and a restart do not interrupt a running cycle; a restart counts from the next one on,
    /// also where the running one is an initial cycle itself.
    @Test func aRunningCycleEndsWhateverIsOrderedMeanwhile() throws {
        try WatchedTarget.with("load:3") { world, job, target in
            world.send("POST", job + "/start")
            target.watch {
                let body: JSONValue = ["criteria": ["resetScope": "Watermark"]]
                let restarted = world.send("POST", job + "/restart", body)
                let paused = world.send("POST", job + "/pause")
                return [.integer(Int64(restarted.status)), .integer(Int64(paused.status))]
            }
            world.send("POST", "/_emulator/clock", ["advance": "PT2H"])
            #expect(target.seen == [[204, 204], [204, 204], [204, 204]])
            let paused = world.send("GET", job)
            #expect(paused.member("status", "code") == "Paused")
            #expect(paused.member("schedule", "state") == "Paused")
            #expect(paused.member("status", "lastExecution", "countExported") == 5)

            target.watch { .null }
            world.send("POST", job + "/start")
            world.send("POST", "/_emulator/clock", ["advance": "PT40M"])
            let last = world.send("GET", job).member("status", "lastExecution")
            #expect(last.object?["countImported"] == 4)
            #expect(last.object?["countImportedDeltas"] == 0)
            #expect(target.seen == [])
        }
    }

    /// The last run, the last without an error and the last that wrote something are three.
    @Test func theLastRunsAreToldApart() throws {
        try WatchedTarget.with("load:3") { world, job, _ in
            world.send("POST", job + "/start")
            world.send("POST", "/_emulator/clock", ["advance": "PT80M"])
            world.send(
                "POST", "/_emulator/faults",
                ["match": ["direction": "outbound"], "preset": "unauthorized"])
            world.send("PATCH", "/v1.0/users/user1@load.contoso.com", ["department": "Sailing"])
            world.send("POST", "/_emulator/clock", ["advance": "PT40M"])
            let status = world.send("GET", job).member("status").object ?? JSONObject()
            func run(_ name: String) -> [JSONValue?] {
                let execution = status[name]?.object
                return [execution?["state"], execution?["timeBegan"], execution?["countExported"]]
            }
            #expect(run("lastExecution") == ["Failed", "2026-01-01T02:00:00Z", 0])
            #expect(
                run("lastSuccessfulExecution") == ["Succeeded", "2026-01-01T01:20:00Z", 0])
            #expect(
                run("lastSuccessfulExecutionWithExports")
                    == ["Succeeded", "2026-01-01T00:40:00Z", 5])
            let log = world.send("GET", "/v1.0/auditLogs/provisioning?$top=1")
            let first = status["lastSuccessfulExecutionWithExports"]?.object
            #expect(log.member("value", 0, "cycleId") == first?["activityIdentifier"])
        }
    }
}
