// Jobs with their schemas and watermarks: there and back.

import Model
import Testing

@testable import Storage

struct JobTableTests {
    private let world: TestDatabase
    private var table: JobTable { world.database.jobs }
    private let owner = Sample.id(1)

    init() throws { world = try TestDatabase() }

    @Test func aJobComesBackAsItWasWritten() throws {
        var stored = StoredJob(job: Sample.job("scim.1"), servicePrincipal: owner)
        try table.insert(stored)
        #expect(try table.load(id: "scim.1") == stored)
        stored.job.start()
        stored.watermark = 17
        try table.update(stored)
        #expect(try table.load(id: "scim.1") == stored)
        stored.watermark = nil
        try table.update(stored)
        #expect(try table.load(id: "scim.1") == stored)
        #expect(try table.load(id: "SCIM.1") == nil)
    }

    @Test(arguments: [0, 17, Int64.max])
    func aJobIsInsertedWithItsWatermark(watermark: Int64) throws {
        let stored = StoredJob(
            job: Sample.job("scim.1"), servicePrincipal: owner, watermark: watermark)
        try table.insert(stored)
        #expect(try table.load(id: "scim.1") == stored)
    }

    @Test func anIdentifierIsTakenOnce() throws {
        try table.insert(StoredJob(job: Sample.job("scim.1"), servicePrincipal: owner))
        let error = #expect(throws: StorageError.self) {
            try table.insert(StoredJob(job: Sample.job("scim.1"), servicePrincipal: Sample.id(2)))
        }
        guard case .statement(let code, _, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(code & 0xFF == 19)
    }

    @Test func jobsAreListedByOwnerInTheOrderMade() throws {
        for (name, number) in [("b", 1), ("a", 2), ("c", 1)] as [(String, UInt64)] {
            try table.insert(
                StoredJob(job: Sample.job(name), servicePrincipal: Sample.id(number)))
        }
        #expect(try table.list().map(\.job.id) == ["b", "a", "c"])
        #expect(try table.list(of: Sample.id(1)).map(\.job.id) == ["b", "c"])
        #expect(try table.list(of: Sample.id(2)).map(\.servicePrincipal) == [Sample.id(2)])
        #expect(try table.list(of: Sample.id(3)).isEmpty)
    }

    @Test func anUpdateTouchesItsOwnJobOnly() throws {
        for name in ["a", "b"] {
            try table.insert(StoredJob(job: Sample.job(name), servicePrincipal: owner))
        }
        var stored = try #require(try table.load(id: "a"))
        stored.job.start()
        try table.update(stored)
        #expect(try table.load(id: "b")?.job == Sample.job("b"))
        #expect(try table.list().map(\.job.id) == ["a", "b"])
    }

    @Test func aDeletedJobIsGoneWithItsSchema() throws {
        for name in ["a", "b"] {
            try table.insert(StoredJob(job: Sample.job(name), servicePrincipal: owner))
            try table.saveSchema(id: name, SynchronizationSchema(normalized: JSONObject()))
        }
        try table.delete(id: "a")
        #expect(try table.load(id: "a") == nil)
        #expect(try table.loadSchema(id: "a") == nil)
        #expect(try table.loadSchema(id: "b") != nil)
        try table.insert(StoredJob(job: Sample.job("a"), servicePrincipal: owner))
        #expect(try table.load(id: "a")?.hasOwnSchema == false)
        try table.delete(id: "nothing")
    }

    @Test func aSchemaComesBackAsItWasWritten() throws {
        try table.insert(StoredJob(job: Sample.job("a"), servicePrincipal: owner))
        #expect(try table.loadSchema(id: "a") == nil)
        let schema = SynchronizationSchema(
            normalized: JSONObject([("version", "v1.2"), ("synchronizationRules", [nil, "\u{0}"])]))
        try table.saveSchema(id: "a", schema)
        #expect(try table.loadSchema(id: "a") == schema)
        #expect(try table.load(id: "a")?.hasOwnSchema == true)
        try table.saveSchema(id: "a", nil)
        #expect(try table.loadSchema(id: "a") == nil)
        #expect(try table.load(id: "a")?.hasOwnSchema == false)
        #expect(try table.loadSchema(id: "nothing") == nil)
    }

    @Test func anUpdateKeepsTheSchema() throws {
        try table.insert(StoredJob(job: Sample.job("a"), servicePrincipal: owner))
        let schema = SynchronizationSchema(normalized: JSONObject([("version", "1")]))
        try table.saveSchema(id: "a", schema)
        var stored = try #require(try table.load(id: "a"))
        stored.watermark = 1
        try table.update(stored)
        #expect(try table.loadSchema(id: "a") == schema)
    }

    @Test(arguments: ["", "{", "{}", "null"])
    func aRowThatCannotBeReadNamesItsTable(body: String) throws {
        try world.database.connection.run(
            """
            INSERT INTO jobs (id, service_principal_id, template_id, body, schema)
            VALUES ('a', ?1, 'scim', ?2, '[]')
            """, .text(owner.description), .text(body))
        let error = StorageError.unreadableRow(table: "jobs", key: body)
        #expect(throws: error) { try table.load(id: "a") }
        #expect(throws: error) { try table.list() }
        #expect(throws: StorageError.unreadableRow(table: "jobs", key: "a")) {
            try table.loadSchema(id: "a")
        }
    }
}
