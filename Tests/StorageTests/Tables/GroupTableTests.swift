// Groups: what is written into which column.

import Model
import Testing

@testable import Storage

struct GroupTableTests {
    private let world: TestDatabase

    init() throws { world = try TestDatabase() }

    @Test func theBodyIsKeptAsWrittenAndTheNameFolded() throws {
        let group = try Sample.group(1)
        try world.database.groups.insert(group)
        let rows = try world.rows("SELECT id, display_name, body FROM groups", columns: 3)
        #expect(
            rows == [[group.id.description, "group 1", JSONValue.object(group.json).text]])
        #expect(try world.database.groups.count() == 1)
    }

    @Test func anIdentifierIsTakenOnceANameIsNot() throws {
        let table = world.database.groups
        try table.insert(Sample.object(1, [("displayName", "same")]))
        try table.insert(Sample.object(2, [("displayName", "same")]))
        try table.insert(Sample.object(3))
        #expect(throws: StorageError.self) { try table.insert(Sample.group(1)) }
        #expect(try table.count() == 3)
    }
}
