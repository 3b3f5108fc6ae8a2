// What can go wrong between the emulator and its rows, as facts.

/// Why the store refuses.
public enum StorageError: Error, Sendable, Equatable {
    /// The file can't be opened or made.
    case cannotOpen(path: String, message: String)
    /// Another process holds the database.
    case inUse(path: String)
    /// The file is no database, or a damaged one.
    case corrupt(path: String, message: String)
    /// The database was written by a newer version.
    case newerSchema(path: String, found: Int, known: Int)
    /// SQLite refused a statement.
    case statement(code: Int32, message: String, sql: String)
    /// A row holds something that its table's type can't be made of.
    case unreadableRow(table: String, key: String)
}
