// Objects of directories beside the tenant's own.

import Model
import Testing

@testable import Storage

struct DirectoryObjectTableTests {
    private let world: TestDatabase

    init() throws { world = try TestDatabase() }

    private func insert(
        _ id: String, _ objectType: String = "Worker", in directory: String = "Workday",
        of number: UInt64 = 1, attributes: JSONObject = JSONObject()
    ) throws {
        try world.database.directoryObjects.insert(
            id: id, objectType: objectType, directory: directory,
            servicePrincipal: Sample.id(number), attributes: attributes)
    }

    @Test func attributesAreKeptAsWritten() throws {
        let attributes = JSONObject([("WorkerID", "21023"), ("Name", "Ä\u{0}"), ("Active", 1)])
        try insert("21023", attributes: attributes)
        let rows = try world.rows(
            "SELECT service_principal_id, directory, object_type, id, body FROM directory_objects",
            columns: 5)
        #expect(
            rows == [
                [
                    Sample.id(1).description, "Workday", "Worker", "21023",
                    JSONValue.object(attributes).text,
                ]
            ])
    }

    @Test func anAnchorIsTakenOnceInItsDirectoryAndType() throws {
        try insert("1")
        try insert("1", "Position")
        try insert("1", in: "AD")
        try insert("1", of: 2)
        try insert("2")
        #expect(throws: StorageError.self) { try insert("1") }
        #expect(try world.database.connection.count("SELECT count(*) FROM directory_objects") == 5)
    }
}
