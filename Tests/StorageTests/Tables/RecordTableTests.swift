// What an export reads of the tables: all of them, but those that say where else they are.

import Model
import Testing

@testable import Storage

struct RecordTableTests {
    private let known =
        RecordTable.directory + RecordTable.synchronization + [RecordTable.changes]

    @Test func everyTableHasItsPlaceInAnExport() throws {
        let names = try TestDatabase().rows(
            """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
            """, columns: 1
        ).compactMap(\.first).compactMap(\.self)
        #expect(Set(names) == RecordTable.elsewhere.union(known.map(\.name)))
    }

    @Test func everyColumnIsExportedButPlaces() throws {
        let rows = try TestDatabase().rows(
            """
            SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p
            WHERE m.type = 'table' AND p.name NOT IN ('sequence', 'key', 'context', 'source_key')
            """, columns: 2)
        for table in known {
            let columns = rows.filter { $0.first == table.name }.compactMap { $0[1] }
            #expect(Set(columns) == Set(table.columnNames), "\(table.name)")
            #expect(table.json.union([table.secret].compactMap(\.self)).isSubset(of: columns))
        }
    }

    @Test func rowsComeBackAsTheyWere() throws {
        let first = try TestDatabase()
        let second = try TestDatabase()
        let table = try #require(known.first { $0.name == "job_memories" })
        for body in [#"{"a":[1,2.5,null,true]}"#, "{ }", "text", "[]", "7"] {
            let row = JSONObject([("job_id", .string(body)), ("body", .string(body))])
            try first.database.rowStore.insert(row, into: table)
        }
        let rows = try first.database.rowStore.rows(of: table)
        for row in rows { try second.database.rowStore.insert(row, into: table) }
        let query: SQL = "SELECT job_id, body FROM job_memories ORDER BY 1"
        #expect(try first.rows(query, columns: 2) == second.rows(query, columns: 2))
        #expect(rows.count { $0["body"]?.object != nil } == 1)
    }

    private func row(_ json: String) throws -> JSONObject {
        try #require(try JSONValue(parsing: json).object)
    }

    @Test func aLinkIsTakenOnceAndReferencesFindTheirs() throws {
        let database = try TestDatabase().database
        let links = try #require(known.first { $0.name == "connections" })
        let references = try #require(known.first { $0.name == "exported_references" })
        var link = try row(
            """
            {"job_id": "a", "object_type": "User", "source_anchor": "s", "target_type": "User",
            "target_anchor": "t", "display_name": "n", "is_managed": 1, "knows_references": 1,
            "exported": "{}"}
            """)
        try database.rowStore.insert(link, into: links)
        let error = #expect(throws: StorageError.self) {
            try database.rowStore.insert(link, into: links)
        }
        guard case .statement(let code, _, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(code & 0xFF == 19)
        link["object_type"] = "Group"
        try database.rowStore.insert(link, into: links)
        #expect(try database.connections.count(job: "a") == 2)

        let reference = try row(
            """
            {"job_id": "a", "source_anchor": "s", "attribute": "members", "reference_anchor": "r",
            "target_anchor": "q"}
            """)
        try database.rowStore.insert(reference, into: references)
        let held = try database.exportedReferences.list(
            job: "a", source: "s", attribute: "members")
        #expect(held == [ReferenceRow(source: "r", target: "q")])
    }

    @Test func aTemporaryCopyIsTheWholeDatabase() throws {
        let first = try TestDatabase()
        try first.database.users.insert(Sample.user(1))
        let directory = try TemporaryDirectory()
        let copy = try DatabaseCopy(of: first.database, path: directory.file("copy.db"))
        let second = try Database(copyOf: copy)
        #expect(try second.users.count() == 1)
        try second.users.insert(Sample.user(2))
        #expect(try second.users.count() == 2)
        #expect(try first.database.users.count() == 1)
        #expect(try Database(copyOf: copy).users.count() == 1)
    }
}
