// The ordered change feed: which object of which directory changed after which.

public import Model

/// Which directory a feed belongs to.
public enum DirectoryName: Sendable, Equatable {
    /// The tenant's own users and groups.
    case tenant
    /// A directory of an application, by the name that its schema gives it.
    case application(servicePrincipal: GUID, name: String)

    var key: String {
        switch self {
        case .tenant: ""
        case .application(let servicePrincipal, let name): "\(servicePrincipal)/\(name)"
        }
    }
}

/// How many objects of one type a cycle reads.
public struct ChangeCount: Sendable, Equatable {
    /// Objects read.
    public var objects: Int64
    /// Of those, objects of which only a reference changed.
    public var references: Int64
}

/// Rows of `changes`.
public struct ChangeTable {
    let connection: Connection

    /// The number of the latest change of any directory; 0 when there is none.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func latest() throws(StorageError) -> Int64 {
        try connection.count("SELECT coalesce(max(sequence), 0) FROM changes")
    }

    /// How many changes of any directory there are after a watermark, up to another one.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count(after watermark: Int64, upTo latest: Int64) throws(StorageError) -> Int64 {
        try connection.count(
            "SELECT count(*) FROM changes WHERE sequence > ?1 AND sequence <= ?2",
            .integer(watermark), .integer(latest))
    }

    /// How many objects of a type changed after a watermark.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count(
        in directory: DirectoryName, objectType: String, after watermark: Int64
    ) throws(StorageError) -> ChangeCount {
        try connection.first(
            """
            SELECT count(*), coalesce(sum(only_reference), 0) FROM (
                SELECT object_id, min(is_reference) AS only_reference FROM changes
                WHERE directory = ?1 AND object_type = ?2 AND sequence > ?3 GROUP BY object_id)
            """,
            .text(directory.key), .text(objectType), .integer(watermark)
        ) { (row) throws(StorageError) in
            ChangeCount(objects: row.integer(0), references: row.integer(1))
        } ?? ChangeCount(objects: 0, references: 0)
    }

    /// The objects of a type that changed after a watermark, each once, in the order of their changes.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func objects(
        in directory: DirectoryName, objectType: String, after watermark: Int64
    ) throws(StorageError) -> [String] {
        try connection.rows(
            """
            SELECT object_id FROM changes
            WHERE directory = ?1 AND object_type = ?2 AND sequence > ?3 AND is_reference = 0
            GROUP BY object_id ORDER BY max(sequence)
            """, [.text(directory.key), .text(objectType), .integer(watermark)]
        ) { (row) throws(StorageError) in row.text(0) ?? "" }
    }

    /// Whether an object itself changed after a watermark, not only a reference of it.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func contains(
        _ object: String, in directory: DirectoryName, objectType: String, after watermark: Int64
    ) throws(StorageError) -> Bool {
        try connection.first(
            """
            SELECT 1 FROM changes WHERE directory = ?1 AND object_type = ?2 AND sequence > ?3
                AND object_id = ?4 AND is_reference = 0 LIMIT 1
            """,
            .text(directory.key), .text(objectType), .integer(watermark), .text(object)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// How many objects of a type a directory holds.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func countObjects(
        in directory: DirectoryName, objectType: String
    ) throws(StorageError) -> Int64 {
        switch directory {
        case .tenant where objectType == "User":
            return try connection.count("SELECT count FROM tallies WHERE name = 'users'")
        case .tenant where objectType == "Group":
            return try connection.count("SELECT count FROM tallies WHERE name = 'groups'")
        case .tenant:
            return 0
        case .application(let servicePrincipal, let name):
            return try connection.count(
                """
                SELECT count(*) FROM directory_objects
                WHERE service_principal_id = ?1 AND directory = ?2 AND object_type = ?3
                """,
                .text(servicePrincipal.description), .text(name), .text(objectType))
        }
    }
}
