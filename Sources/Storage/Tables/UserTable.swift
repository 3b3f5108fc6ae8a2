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

    /// Writes a user over the one of its id.
    ///
    /// - Throws: `StorageError.statement` when its user principal name is taken.
    public func update(_ object: DirectoryObject) throws(StorageError) {
        try connection.run(
            """
            UPDATE users SET user_principal_name = ?2, display_name = ?3, account_enabled = ?4,
                body = ?5
            WHERE id = ?1
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
