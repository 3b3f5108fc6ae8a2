// Links between directory objects: members of groups, managers of users.

public import Model

/// Rows of `links`.
public struct LinkTable {
    let connection: Connection

    /// What a link means.
    public enum Name: String, Sendable {
        case member
        case manager
    }

    /// Adds a link; one that is there already stays.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func insert(from source: GUID, _ name: Name, to target: GUID) throws(StorageError) {
        try connection.run(
            "INSERT OR IGNORE INTO links (source_id, name, target_id) VALUES (?1, ?2, ?3)",
            .text(source.description), .text(name.rawValue), .text(target.description))
    }
}
