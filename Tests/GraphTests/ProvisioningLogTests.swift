// The provisioning log on the wire: the same for records as they are stored now and for whole ones.

import HTTP
import Model
import Support
import Synchronization
import Testing

@testable import Emulator
@testable import Storage

struct ProvisioningLogTests {
    private static let queries = [
        "", "?$top=3", "?$orderby=activityDateTime", "?$select=id,provisioningSteps",
        "?$filter=sourceIdentity/displayName%20eq%20'Adele%20Vance'",
        "?$filter=provisioningAction%20eq%20'create'",
        "?$filter=provisioningStatusInfo/status%20eq%20'success'",
        "?$filter=contains(sourceIdentity/displayName,'a')",
        "?$filter=targetSystem/displayName%20eq%20'x'",
        "?$filter=modifiedProperties/any(m:m/displayName%20eq%20'members')",
        "?$filter=jobId%20eq%20'x'", "?$filter=tenantId%20ne%20'x'",
    ]

    @Test func storedRecordsAnswerLikeWholeOnes() throws {
        let world = try TestWorld()
        for stored in try world.tenant().allJobs().map(\.stored) {
            world.send("POST", "/_emulator/jobs/\(stored.job.id)/run")
        }
        func answers() -> [String] {
            ["v1.0", "beta"].flatMap { version in
                Self.queries.map { query in
                    let answer = world.send("GET", "/\(version)/auditLogs/provisioning" + query)
                    return "\(query): \(answer.status) \(answer.json.text)"
                }
            }
        }
        let stored = answers()
        #expect(stored.filter { $0.contains("\"provisioningSteps\":[{") }.count > 8)
        try world.tenant().write { transaction in
            let connection = transaction.database.connection
            let contexts = try connection.count(
                "SELECT count(*) FROM provisioning_logs WHERE context IS NOT NULL")
            #expect(contexts > 0)
            try connection.execute(
                """
                UPDATE provisioning_logs SET body = (SELECT r.body FROM provisioning_records AS r
                    WHERE r.sequence = provisioning_logs.sequence);
                UPDATE provisioning_logs SET context = NULL;
                DELETE FROM log_contexts;
                """)
        }
        #expect(answers() == stored)
    }

    @Test func aListenerHearsWhatTheLogSays() throws {
        let world = try TestWorld()
        let job = try #require(try world.tenant().allJobs().map(\.stored).first)
        let heard = Heard()
        _ = try world.tenant().events.subscribe([.log]) { _, _, text in
            heard.texts.withLock { $0.append(text) }
            return true
        }
        world.send("POST", "/_emulator/jobs/\(job.job.id)/run")
        let records = try world.tenant().read {
            try $0.records.list(.provisioningLogs, ListQuery(limit: 1_000)).map(\.json)
        }
        let texts = heard.texts.withLock { $0 }
        #expect(!records.isEmpty)
        let told = try texts.map { try JSONValue(parsing: $0).object?["data"] }
        #expect(told == records.map { .object($0) })
    }
}

/// What a listener was told; a class, because a lock can't be copied into the listener.
private final class Heard: Sendable {
    let texts = Mutex<[String]>([])
}
