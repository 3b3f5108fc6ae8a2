// Users of the tenant's directory.

public import Model

/// Rows of `users`.
public struct UserTable {
    let connection: Connection

    /// Adds a user.
    ///
    /// - Throws: `StorageError.statement` when its id or user principal name is taken or missing.
    public func insert(_ object: DirectoryObject) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO users (id, user_principal_name, display_name, account_enabled, body)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """,
            .text(object.id.description),
            .optional(object.json["userPrincipalName"]?.string?.lowercased()),
            .optional(object.json["displayName"]?.string?.lowercased()),
            .integer(object.json["accountEnabled"]?.bool == false ? 0 : 1),
            .text(JSONValue.object(object.json).text))
    }

    /// How many there are.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count() throws(StorageError) -> Int64 {
        try connection.count("SELECT count FROM tallies WHERE name = 'users'")
    }
}
