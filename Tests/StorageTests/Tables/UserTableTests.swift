// Users: what is written into which column.

import Model
import Testing

@testable import Storage

struct UserTableTests {
    private let world: TestDatabase

    init() throws { world = try TestDatabase() }

    @Test func theBodyIsKeptAsWrittenAndTheColumnsFolded() throws {
        let user = try Sample.object(
            1, [("userPrincipalName", "ÄNNE@Example.com"), ("displayName", "Änne \"Ä\"")])
        try world.database.users.insert(user)
        let rows = try world.rows(
            "SELECT id, user_principal_name, display_name, body FROM users", columns: 4)
        #expect(
            rows == [
                [
                    user.id.description, "änne@example.com", "änne \"ä\"",
                    JSONValue.object(user.json).text,
                ]
            ])
        #expect(try world.database.users.count() == 1)
    }

    @Test(arguments: [(true, "1"), (false, "0"), (nil, "1")] as [(JSONValue, String)])
    func anAccountIsEnabledUnlessItSaysOtherwise(flag: JSONValue, column: String) throws {
        try world.database.users.insert(Sample.user(1, enabled: flag))
        #expect(try world.rows("SELECT account_enabled FROM users", columns: 1) == [[column]])
    }

    @Test func aUserWithoutNameToShowHasNone() throws {
        try world.database.users.insert(
            Sample.object(1, [("userPrincipalName", "a"), ("displayName", nil)]))
        #expect(try world.rows("SELECT display_name FROM users", columns: 1) == [[nil]])
    }

    @Test func aPrincipalNameIsNeededAndTakenOnceWhateverItsCase() throws {
        let table = world.database.users
        try table.insert(Sample.object(1, [("userPrincipalName", "a@example.com")]))
        let refused = [
            try Sample.object(1, [("userPrincipalName", "b@example.com")]),
            try Sample.object(2, [("userPrincipalName", "A@EXAMPLE.COM")]),
            try Sample.object(3), try Sample.object(4, [("userPrincipalName", 1)]),
        ]
        for object in refused {
            let error = #expect(throws: StorageError.self) { try table.insert(object) }
            guard case .statement(let code, _, _)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(code & 0xFF == 19)
        }
        #expect(try table.count() == 1)
    }

    @Test func theRecycleBinDoesNotCount() throws {
        let database = try TestDatabase().database
        for number in 1...3 as ClosedRange<UInt64> {
            try database.users.insert(Sample.user(number))
        }
        try database.connection.run(
            "UPDATE users SET deleted = 5 WHERE id = ?1", .text(Sample.id(2).description))
        #expect(try database.users.count() == 2)
        try database.connection.run("UPDATE users SET deleted = NULL")
        #expect(try database.users.count() == 3)
        try database.connection.run(
            "DELETE FROM users WHERE id = ?1", .text(Sample.id(3).description))
        #expect(try database.users.count() == 2)
    }

    /// Columns made from the body follow it, compared as the directory compares text.
    @Test func theBodysColumnsAreFolded() throws {
        let world = try TestDatabase()
        try world.database.users.insert(
            Sample.object(
                1,
                [
                    ("userPrincipalName", "a@example.com"), ("mail", "\u{C5}SA@example.com"),
                    ("createdDateTime", "2024-02-13T20:24:15Z"), ("department", 5),
                ]))
        let row = try world.rows("SELECT mail, created, department FROM users", columns: 3)
        #expect(row.first?[0] == "\u{E5}sa@example.com")
        let created = Timestamp(parsing: "2024-02-13T20:24:15Z")?.ticks
        #expect(row.first?[1] == created.map { String($0) })
        #expect(row.first?[2] == "5")
    }
}
