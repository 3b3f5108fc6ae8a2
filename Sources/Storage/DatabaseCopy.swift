// Still copies of a tenant's database: snapshots, and what new tenants are made of.

/// A database that nobody changes; any thread may copy from it.
///
/// A class, because it owns a connection, which SQLite itself locks. What is told of it was read when it
/// was opened.
public final class DatabaseCopy: Sendable {
    let connection: Connection
    /// The version of its tables.
    let version: Int
    /// What the copy takes.
    public let bytes: Int64
    /// Single values of the copied tenant.
    public let values: [String: String]

    /// Copies a database into a new file; nil for one without a name, which ends with the process.
    ///
    /// - Throws: `StorageError` when the file can't be written.
    public convenience init(of database: Database, path: String?) throws(StorageError) {
        let connection = try Connection(newCopyAt: path)
        try database.connection.copyPages(to: connection)
        try self.init(connection)
    }

    /// Opens a copy that was made before.
    ///
    /// - Throws: `StorageError` when there is none, or it is damaged.
    public convenience init(path: String) throws(StorageError) {
        try self.init(try Connection(copyAt: path))
    }

    private init(_ connection: Connection) throws(StorageError) {
        self.connection = connection
        version = Int(try connection.count("PRAGMA user_version"))
        bytes =
            try connection.count("PRAGMA page_count") * connection.count("PRAGMA page_size")
        let pairs = try connection.rows("SELECT name, value FROM tenant_values", []) {
            (row) throws(StorageError) in (row.text(0) ?? "", row.text(1) ?? "")
        }
        values = Dictionary(pairs) { $1 }
    }
}
