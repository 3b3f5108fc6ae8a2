// Applications: there and back.

import Model
import Testing

@testable import Storage

struct ApplicationTableTests {
    private let world: TestDatabase

    init() throws { world = try TestDatabase() }

    @Test func objectsComeBackAsTheyWereWritten() throws {
        let table = world.database.applications
        let object = try Sample.servicePrincipal(1, [("displayName", "App"), ("web", ["a": nil])])
        try table.insert(object)
        #expect(try table.load(id: object.id) == object)
        #expect(try table.load(id: Sample.id(2)) == nil)
        #expect(try table.count() == 1)
    }

    @Test func identifiersAreTakenOnce() throws {
        let table = world.database.applications
        try table.insert(Sample.servicePrincipal(1))
        let sameApp = try Sample.object(2, [("appId", .string(Sample.id(1_001).description))])
        for object in [try Sample.servicePrincipal(1), sameApp, try Sample.object(3)] {
            #expect(throws: StorageError.self) { try table.insert(object) }
        }
        #expect(try table.count() == 1)
    }

    @Test func aBodyThatCannotBeReadNamesItsTable() throws {
        let id = Sample.id(1)
        try world.database.connection.run(
            "INSERT INTO applications (id, app_id, body) VALUES (?1, 'x', '{}')",
            .text(id.description))
        let error = StorageError.unreadableRow(table: "applications", key: "{}")
        #expect(throws: error) { try world.database.applications.load(id: id) }
    }
}
