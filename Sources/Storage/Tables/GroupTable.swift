// Groups of the tenant's directory.

public import Model

/// Rows of `groups`.
public struct GroupTable {
    let connection: Connection

    /// Adds a group.
    ///
    /// - Throws: `StorageError.statement` when its id is taken.
    public func insert(_ object: DirectoryObject) throws(StorageError) {
        try connection.run(
            "INSERT INTO groups (id, display_name, body) VALUES (?1, ?2, ?3)",
            .text(object.id.description),
            .optional(object.json["displayName"]?.string?.lowercased()),
            .text(JSONValue.object(object.json).text))
    }

    /// Writes a group over the one of its id.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func update(_ object: DirectoryObject) throws(StorageError) {
        try connection.run(
            "UPDATE groups SET display_name = ?2, body = ?3 WHERE id = ?1",
            .text(object.id.description),
            .optional(object.json["displayName"]?.string?.lowercased()),
            .text(JSONValue.object(object.json).text))
    }

    /// How many there are.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count() throws(StorageError) -> Int64 {
        try connection.count("SELECT count FROM tallies WHERE name = 'groups'")
    }
}
