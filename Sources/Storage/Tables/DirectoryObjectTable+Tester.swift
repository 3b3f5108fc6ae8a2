// What a tester does to directories that Graph does not show.

public import Model

extension DirectoryPlace {
    fileprivate var values: [SQLValue] {
        [.text(servicePrincipal.description), .text(directory), .text(objectType)]
    }
}

extension PlacedObject {
    /// Reads `sequence, id, body`.
    fileprivate init(_ row: borrowing Row) throws(StorageError) {
        let id = row.text(1) ?? ""
        guard let json = row.text(2).flatMap({ try? JSONValue(parsing: $0) })?.object else {
            throw StorageError.unreadableRow(table: "directory_objects", key: id)
        }
        self.init(sequence: row.integer(0), id: id, attributes: json)
    }
}

extension DirectoryObjectTable {
    /// All directories with what they hold.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func directories() throws(StorageError) -> [DirectoryCount] {
        try connection.rows(
            """
            SELECT directory, service_principal_id, object_type, count(*) FROM directory_objects
            GROUP BY 1, 2, 3 ORDER BY min(sequence)
            """, []
        ) { (row) throws(StorageError) in
            DirectoryCount(
                place: DirectoryPlace(
                    servicePrincipal: row.text(1).flatMap { GUID(parsing: $0) } ?? .zero,
                    directory: row.text(0) ?? "", objectType: row.text(2) ?? ""),
                count: row.integer(3))
        }
    }

    /// The object of an anchor; nil when there is none.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(_ id: String, in place: DirectoryPlace) throws(StorageError) -> PlacedObject? {
        try connection.rows(
            """
            SELECT sequence, id, body FROM directory_objects WHERE service_principal_id = ?1
                AND directory = ?2 AND object_type = ?3 AND id = ?4
            """, place.values + [.text(id)]
        ) { (row) throws(StorageError) in try PlacedObject(row) }.first
    }

    /// The next objects behind a number, in the order they were made.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(
        in place: DirectoryPlace, after sequence: Int64, limit: Int
    ) throws(StorageError) -> [PlacedObject] {
        try connection.rows(
            """
            SELECT sequence, id, body FROM directory_objects WHERE service_principal_id = ?1
                AND directory = ?2 AND object_type = ?3 AND sequence > ?4
            ORDER BY sequence LIMIT ?5
            """, place.values + [.integer(sequence), .integer(Int64(limit))]
        ) { (row) throws(StorageError) in try PlacedObject(row) }
    }

    /// Writes an object's attributes; false when there is no object of this anchor.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func update(
        _ id: String, in place: DirectoryPlace, attributes: JSONObject
    ) throws(StorageError) -> Bool {
        try connection.run(
            """
            UPDATE directory_objects SET body = ?5 WHERE service_principal_id = ?1
                AND directory = ?2 AND object_type = ?3 AND id = ?4
            """, place.values + [.text(id), .text(JSONValue.object(attributes).text)])
        return connection.changedRows > 0
    }

    /// Removes an object; false when there is none of this anchor.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(_ id: String, in place: DirectoryPlace) throws(StorageError) -> Bool {
        try connection.run(
            """
            DELETE FROM directory_objects WHERE service_principal_id = ?1
                AND directory = ?2 AND object_type = ?3 AND id = ?4
            """, place.values + [.text(id)])
        return connection.changedRows > 0
    }
}
