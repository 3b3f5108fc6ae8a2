// Links between directory objects: members of groups, managers of users.

public import Model

/// Rows of `links`.
public struct LinkTable {
    let connection: Connection

    /// What a link means.
    public typealias Name = LinkName

    /// Adds a link; one that is there already stays.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func insert(from source: GUID, _ name: Name, to target: GUID) throws(StorageError) {
        try connection.run(
            "INSERT OR IGNORE INTO links (source_id, name, target_id) VALUES (?1, ?2, ?3)",
            .text(source.description), .text(name.rawValue), .text(target.description))
    }

    /// Whether a link is there.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func contains(
        from source: GUID, _ name: Name, to target: GUID
    ) throws(StorageError) -> Bool {
        try connection.first(
            "SELECT 1 FROM links WHERE source_id = ?1 AND name = ?2 AND target_id = ?3",
            .text(source.description), .text(name.rawValue), .text(target.description)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// Whether any object has a link of a name.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isAny(_ name: Name) throws(StorageError) -> Bool {
        try connection.first("SELECT 1 FROM links WHERE name = ?1 LIMIT 1", .text(name.rawValue)) {
            (_) throws(StorageError) in true
        } ?? false
    }

    /// How many links of a name an object has.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count(from source: GUID, _ name: Name) throws(StorageError) -> Int64 {
        try connection.count(
            "SELECT count(*) FROM links WHERE source_id = ?1 AND name = ?2",
            .text(source.description), .text(name.rawValue))
    }

    /// The objects that have a link to another.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func sources(_ name: Name, to target: GUID) throws(StorageError) -> [GUID] {
        try connection.rows(
            "SELECT source_id FROM links WHERE target_id = ?1 AND name = ?2",
            [.text(target.description), .text(name.rawValue)]
        ) { (row) throws(StorageError) in row.text(0).flatMap { GUID(parsing: $0) } ?? .zero }
    }

    /// Removes a link.
    ///
    /// - Returns: whether it was there.
    /// - Throws: `StorageError` for what SQLite refuses.
    @discardableResult
    public func delete(
        from source: GUID, _ name: Name, to target: GUID
    ) throws(StorageError) -> Bool {
        try connection.run(
            "DELETE FROM links WHERE source_id = ?1 AND name = ?2 AND target_id = ?3",
            .text(source.description), .text(name.rawValue), .text(target.description))
        return connection.changedRows > 0
    }

    /// Removes all links of a name that an object has.
    ///
    /// - Returns: whether there was any.
    /// - Throws: `StorageError` for what SQLite refuses.
    @discardableResult
    public func deleteAll(from source: GUID, _ name: Name) throws(StorageError) -> Bool {
        try connection.run(
            "DELETE FROM links WHERE source_id = ?1 AND name = ?2", .text(source.description),
            .text(name.rawValue))
        return connection.changedRows > 0
    }
}
