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
}
