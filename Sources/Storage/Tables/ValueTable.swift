// Single values of a tenant under a name.

/// Rows of `tenant_values`.
public struct ValueTable {
    let connection: Connection

    /// The value under a name; nil when there is none.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(_ name: String) throws(StorageError) -> String? {
        try connection.first("SELECT value FROM tenant_values WHERE name = ?1", .text(name)) {
            (row) throws(StorageError) in row.text(0)
        } ?? nil
    }

    /// Writes the value under a name.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(_ name: String, _ value: String) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO tenant_values (name, value) VALUES (?1, ?2)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, .text(name), .text(value))
    }

    /// Removes the value under a name.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(_ name: String) throws(StorageError) {
        try connection.run("DELETE FROM tenant_values WHERE name = ?1", .text(name))
    }
}
