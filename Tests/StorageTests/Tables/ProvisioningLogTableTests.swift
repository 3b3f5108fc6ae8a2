// The provisioning log: what its records share, beside records that are stored whole.

import Model
import Testing

@testable import Storage

struct ProvisioningLogTableTests {
    private let world: TestDatabase

    init() throws { world = try TestDatabase() }

    private static func context(_ name: String) -> ProvisioningLogContext {
        ProvisioningLogContext(
            tenant: "tenant", servicePrincipal: "principal", servicePrincipalName: name,
            source: .init(id: "s", name: "Source"), target: .init(id: "t", name: "Target"),
            sourceType: "User", targetType: "Person", sourceAttributes: ["IsSoftDeleted"],
            attributes: [.init(name: "title", source: nil)])
    }

    private func row(_ number: Int64, _ context: ProvisioningLogContext?) -> ProvisioningLogRow {
        var record = LoggedRecord(
            sourceType: "User", targetType: "Person", displayName: "User \(number)",
            principalName: nil)
        record.steps = [.init(.created, .written)]
        record.entries = [.init(attribute: 0, oldValue: nil, newValue: "\(number)")]
        var row = ProvisioningLogRow(
            id: "id \(number)", activity: Timestamp(ticks: number * 10_000_000), job: "job",
            cycle: "cycle", change: "change \(number)", action: "create", status: "success",
            servicePrincipal: "principal", source: "s\(number)", target: "t\(number)",
            context: nil, body: Array(#"{"id":"id \#(number)","sourceIdentity":{}}"#.utf8))
        if let context {
            row.context = context.text
            row.body = record.bytes(in: context)
        }
        return row
    }

    private var contexts: [[String?]] {
        get throws {
            try world.rows("SELECT body FROM log_contexts ORDER BY key", columns: 1)
        }
    }

    private func list(_ filter: FilterExpression?) throws -> [JSONObject] {
        let query = ListQuery(filter: filter, limit: 100)
        return try world.database.records.list(.provisioningLogs, query).map(\.json)
    }

    @Test func recordsAreWholeWhereTheyAreRead() throws {
        let context = Self.context("App")
        try world.database.provisioningLogs.insert([
            row(1, context), row(2, nil), row(3, context), row(4, Self.context("Other")),
        ])
        #expect(try contexts == [[context.text], [Self.context("Other").text]])
        let all = try list(nil)
        #expect(all.map { $0["id"] } == ["id 1", "id 2", "id 3", "id 4"])
        #expect(all[2]["activityDateTime"] == "0001-01-01T00:00:03Z")
        #expect(all[2]["sourceIdentity"]?.object?["displayName"] == "User 3")
        #expect(all[3]["servicePrincipal"]?.object?["displayName"] == "Other")
        #expect(all[1].names == ["id", "sourceIdentity"])
    }

    @Test func filtersSeeMembersThatNoColumnHolds() throws {
        let context = Self.context("App")
        let rows = [row(1, context), row(2, nil), row(3, context)]
        try world.database.provisioningLogs.insert(rows)
        let name = FilterPath(names: ["sourceIdentity", "displayName"], kind: .string)
        let found = try list(.compare(FilterOperand(path: name), .equal, .string("User 3")))
        #expect(found.map { $0["id"] } == ["id 3"])
        let value = FilterOperand(path: FilterPath(lambda: 0, names: ["newValue"], kind: .string))
        let properties = FilterPath(names: ["modifiedProperties"], kind: nil)
        let written = FilterExpression.any(
            properties, .compare(value, .equal, .string("1")))
        #expect(try list(written).map { $0["id"] } == ["id 1"])
        #expect(try world.database.records.count(.provisioningLogs, written) == 1)
    }

    @Test(
        arguments: [
            "EXPLAIN QUERY PLAN SELECT body FROM provisioning_records WHERE key(job_id) = 5",
            "EXPLAIN QUERY PLAN SELECT body FROM provisioning_records WHERE key(source_id) = 5 AND "
                + RowParts.ofProvisioningLogs,
            "EXPLAIN QUERY PLAN SELECT body FROM provisioning_records WHERE activity > 5",
            """
            EXPLAIN QUERY PLAN SELECT body FROM provisioning_records WHERE sequence < 5
            ORDER BY sequence DESC
            """,
        ] as [SQL])
    func columnsAreFoundByTheirIndexes(sql: SQL) throws {
        let plan = try world.rows(sql, columns: 4).compactMap(\.last).compactMap(\.self)
        #expect(plan.first?.hasPrefix("SEARCH l USING ") == true, "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    @Test func aContextGoesWithTheLastRecordOfIt() throws {
        let table = world.database.provisioningLogs
        let (first, second) = (Self.context("First"), Self.context("Second"))
        try table.insert([row(1, first), row(2, second), row(3, first), row(4, nil)])
        try table.delete(before: Timestamp(ticks: 20_000_000))
        #expect(try contexts == [[first.text], [second.text]])
        try table.delete(before: Timestamp(ticks: 30_000_000))
        #expect(try contexts == [[first.text]])
        #expect(try list(nil).map { $0["id"] } == ["id 3", "id 4"])
        try table.delete(before: Timestamp(ticks: 90_000_000))
        #expect(try contexts.isEmpty)
        try table.insert([row(5, second)])
        #expect(try list(nil).count == 1)
    }

    @Test func exportsHoldWholeRecords() throws {
        let table = try #require(
            RecordTable.synchronization.first { $0.name == "provisioning_logs" })
        try world.database.provisioningLogs.insert([row(1, Self.context("App")), row(2, nil)])
        let rows = try world.database.rowStore.rows(of: table)
        let other = try TestDatabase()
        for row in rows { try other.database.rowStore.insert(row, into: table) }
        #expect(try other.rows("SELECT count(*) FROM log_contexts", columns: 1) == [["0"]])
        let listed = try other.database.records.list(.provisioningLogs, ListQuery(limit: 9))
        #expect(try listed.map(\.json) == list(nil))
    }

    @Test func aRecordThatCanNotBeReadIsAnError() throws {
        var row = row(1, Self.context("App"))
        row.body = Array("{}".utf8)
        try world.database.provisioningLogs.insert([row])
        #expect(throws: StorageError.self) { try list(nil) }
    }
}
