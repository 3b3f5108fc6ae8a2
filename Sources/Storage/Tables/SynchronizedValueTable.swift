// What synchronization writes to the tenant's objects and Graph does not show.

public import Model

/// Rows of `synchronized_values`: attributes that have no property in Graph, by object and name.
public struct SynchronizedValueTable {
    let connection: Connection

    /// The values of an object.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(of object: String) throws(StorageError) -> [(name: String, value: String)] {
        try connection.rows(
            "SELECT name, value FROM synchronized_values WHERE object_id = ?1", [.text(object)]
        ) { (row) throws(StorageError) in (row.text(0) ?? "", row.text(1) ?? "") }
    }

    /// Writes a value; nil removes it.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(
        _ value: String?, as name: String, of object: String
    ) throws(StorageError) {
        guard let value else {
            return try connection.run(
                "DELETE FROM synchronized_values WHERE object_id = ?1 AND name = ?2",
                .text(object), .text(name))
        }
        try connection.run(
            """
            INSERT INTO synchronized_values (object_id, name, value) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET value = excluded.value
            """, .text(object), .text(name), .text(value))
    }

    /// The objects that have a value.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func objects(where name: String, is value: String) throws(StorageError) -> [GUID] {
        // The index of anchors is one of part of the table, which the statement has to name.
        let condition: SQL =
            name == "sourceAnchorBinary" ? "name = 'sourceAnchorBinary' AND name = ?1" : "name = ?1"
        return try connection.rows(
            "SELECT object_id FROM synchronized_values WHERE " + condition + " AND value = ?2",
            [.text(name), .text(value)]
        ) { (row) throws(StorageError) in row.text(0).flatMap { GUID(parsing: $0) } ?? .zero }
    }
}
