// Applications: what service principals stand for.

public import Model

/// Rows of `applications`.
public struct ApplicationTable {
    let connection: Connection

    /// The application of an id.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(id: GUID) throws(StorageError) -> DirectoryObject? {
        try connection.first(
            "SELECT body FROM applications WHERE id = ?1 AND deleted IS NULL",
            .text(id.description)
        ) { (row) throws(StorageError) in
            try DirectoryObject(row, column: 0, table: "applications")
        }
    }

    /// Adds an application.
    ///
    /// - Throws: `StorageError.statement` when one of its ids is taken.
    public func insert(_ object: DirectoryObject) throws(StorageError) {
        try connection.run(
            "INSERT INTO applications (id, app_id, display_name, body) VALUES (?1, ?2, ?3, ?4)",
            .text(object.id.description), .optional(object.appID?.description),
            .optional(object.json["displayName"]?.string?.lowercased()),
            .text(JSONValue.object(object.json).text))
    }

    /// Writes an application over the one of its id.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func update(_ object: DirectoryObject) throws(StorageError) {
        try connection.run(
            "UPDATE applications SET display_name = ?2, body = ?3 WHERE id = ?1",
            .text(object.id.description),
            .optional(object.json["displayName"]?.string?.lowercased()),
            .text(JSONValue.object(object.json).text))
    }

    /// How many there are.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count() throws(StorageError) -> Int64 {
        try connection.count("SELECT count FROM tallies WHERE name = 'applications'")
    }
}
