// The SQLite handle and its prepared statements: the only file that sees the C library.

import CSQLite
import Model

/// One open database and its statement cache.
///
/// A class, because it owns a C handle. `@unchecked Sendable`: whoever holds it keeps it behind one lock,
/// the tenant's mutex, which is why the handle is opened without SQLite's own.
public final class Connection: @unchecked Sendable {
    private let handle: OpaquePointer
    private let path: String
    private let isTemporary: Bool
    /// Transactions of a temporary database.
    private var commits = 0
    private var statements: [SQL.Key: Statement] = [:]
    /// The statements that were used last, by what their keys begin with.
    private var recent = [Statement?](repeating: nil, count: Connection.recentStatements)

    /// Opens or makes the database at a path; it survives the process at any moment.
    ///
    /// - Throws: `StorageError.cannotOpen`, `.inUse` when another process has it, `.corrupt`.
    public init(path: String) throws(StorageError) {
        handle = try Connection.open(
            path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
        self.path = path
        isTemporary = false
        addFunctions()
        // One connection with the lock for good: a second process is told so, and reads need no lock.
        try execute("PRAGMA locking_mode = EXCLUSIVE")
        // Before the journal's mode, whose change would wait for the disk otherwise.
        try execute("PRAGMA synchronous = NORMAL")
        try execute("PRAGMA journal_mode = WAL")
        try keepInMemory()
        // Takes the lock now, so that a database in use is found out before anything is served.
        try execute("BEGIN EXCLUSIVE")
        try execute("COMMIT")
    }

    /// Makes a database without a name, of which nothing outlives this connection.
    ///
    /// A commit writes nothing; each sixteenth takes what changed out of the cache into a nameless file.
    ///
    /// - Throws: `StorageError.cannotOpen`.
    public init() throws(StorageError) {
        handle = try Connection.open(
            "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX)
        path = "(temporary)"
        isTemporary = true
        addFunctions()
        try execute("PRAGMA journal_mode = MEMORY")
        try keepInMemory()
    }

    private func keepInMemory() throws(StorageError) {
        try execute("PRAGMA temp_store = MEMORY")
        // KiB at most: the indexes of a large directory, which rows go into in any order, stay in memory.
        try execute("PRAGMA cache_size = -16000")
        // Debian's SQLite writes zeros over all that is taken off a page, also where rows only move.
        try execute("PRAGMA secure_delete = OFF")
    }

    private static func open(_ name: String, _ flags: Int32) throws(StorageError) -> OpaquePointer {
        _ = countsNoMemory
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw StorageError.cannotOpen(path: name, message: message)
        }
        sqlite3_extended_result_codes(opened, 1)
        return opened
    }

    /// Whether SQLite was told so, once and before its first use.
    private static let countsNoMemory = csqlite_count_no_memory() == SQLITE_OK

    /// Adds the functions that the tables' columns are made with: `fold(text)` is the text as the
    /// directory compares it, `ticks(text)` the instant that a time means, `key(text)` and
    /// `key(scope, text)` the number that stands for a text in an index, `whole_record(…)` a record of
    /// the provisioning log with what its context and its columns tell.
    private func addFunctions() {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS
        sqlite3_create_function_v2(
            handle, "fold", 1, flags, nil,
            { context, _, values in
                guard let value = values?.pointee else { return }
                guard let text = Connection.text(value) else {
                    return sqlite3_result_value(context, value)
                }
                let folded = text.lowercased()
                sqlite3_result_text(
                    context, folded, Int32(folded.utf8.count), csqlite_transient())
            }, nil, nil, nil)
        sqlite3_create_function_v2(
            handle, "ticks", 1, flags, nil,
            { context, _, values in
                guard let value = values?.pointee, let text = Connection.text(value),
                    let time = Timestamp(parsing: text)
                else { return }
                sqlite3_result_int64(context, time.ticks)
            }, nil, nil, nil)
        sqlite3_create_function_v2(
            handle, "whole_record", Int32(WholeRecords.valueCount), flags,
            Unmanaged.passRetained(WholeRecords()).toOpaque(),
            { context, count, values in
                guard let values, let records = sqlite3_user_data(context) else { return }
                let texts = (0..<Int(count)).map { values[$0].flatMap(Connection.anyText) ?? "" }
                let bytes = Unmanaged<WholeRecords>.fromOpaque(records)
                    ._withUnsafeGuaranteedRef { $0.bytes(of: texts) }
                guard let bytes else {
                    return sqlite3_result_error(context, "a record of the log is unreadable", -1)
                }
                bytes.withUnsafeBytes {
                    sqlite3_result_text(
                        context, $0.baseAddress?.assumingMemoryBound(to: CChar.self),
                        Int32($0.count), csqlite_transient())
                }
            }, nil, nil,
            { records in
                if let records { Unmanaged<WholeRecords>.fromOpaque(records).release() }
            })
        sqlite3_create_function_v2(
            handle, "key", -1, flags, nil,
            { context, count, values in
                var key = TextKey.Builder()
                for index in 0..<Int(count) {
                    // Null has no key.
                    guard let value = values?[index], sqlite3_value_type(value) != SQLITE_NULL
                    else { return }
                    // The bytes as they lie there; for a text SQLite would make a copy with an end mark.
                    let start = sqlite3_value_blob(value)?.assumingMemoryBound(to: UInt8.self)
                    let bytes = Int(sqlite3_value_bytes(value))
                    key.add(UnsafeBufferPointer(start: start, count: start == nil ? 0 : bytes))
                }
                sqlite3_result_int64(context, key.value)
            }, nil, nil, nil)
    }

    private static func text(_ value: OpaquePointer) -> String? {
        sqlite3_value_type(value) == SQLITE_TEXT ? anyText(value) : nil
    }

    /// The text of a value, of whichever type it is.
    private static func anyText(_ value: OpaquePointer) -> String? {
        guard let start = sqlite3_value_text(value) else { return nil }
        let count = Int(sqlite3_value_bytes(value))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// Opens a finished copy of a database as it is, without a log beside it.
    ///
    /// - Throws: `StorageError.cannotOpen`.
    init(copyAt path: String) throws(StorageError) {
        // Nobody writes it, so it needs neither a lock nor the log that its mode asks for. With SQLite's
        // own lock, because several threads may copy from it at once.
        handle = try Connection.open(
            "file:" + Connection.uriPath(path) + "?immutable=1",
            SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
        self.path = path
        isTemporary = false
    }

    /// Makes an empty database that is to become a copy: at a path, or nil for one without a name.
    ///
    /// - Throws: `StorageError.cannotOpen`.
    init(newCopyAt path: String?) throws(StorageError) {
        handle = try Connection.open(
            path ?? "", SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        self.path = path ?? "(temporary)"
        // Filled once, while nobody looks.
        isTemporary = false
        try execute("PRAGMA journal_mode = OFF")
        try execute("PRAGMA synchronous = OFF")
    }

    private static func uriPath(_ path: String) -> String {
        path.utf8.map { byte in
            let isPlain = byte < 0x80 && byte > 0x2F || byte == UInt8(ascii: "/")
            let isSpecial = byte == UInt8(ascii: "?")
            return isPlain && !isSpecial
                ? String(UnicodeScalar(byte))
                : (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// Makes another database the same as this one, page by page, in one transaction of that one's.
    ///
    /// - Throws: `StorageError` for what SQLite refuses; the other one then stays as it was.
    func copyPages(to other: Connection) throws(StorageError) {
        guard other.isTemporary else { return try backUp(to: other) }
        // What is overwritten may be more than memory should hold until then.
        try other.execute("PRAGMA journal_mode = DELETE")
        let result = Result { () throws(StorageError) in try backUp(to: other) }
        try other.execute("PRAGMA journal_mode = MEMORY")
        try result.get()
    }

    private func backUp(to other: Connection) throws(StorageError) {
        guard let backup = sqlite3_backup_init(other.handle, "main", handle, "main") else {
            throw other.failure(sqlite3_errcode(other.handle), "backup")
        }
        let code = sqlite3_backup_step(backup, -1)
        let end = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE, end == SQLITE_OK else {
            throw other.failure(end == SQLITE_OK ? code : end, "backup")
        }
    }

    deinit {
        recent = []
        statements = [:]
        sqlite3_close_v2(handle)
    }

    /// Runs statements that have no parameters and give no rows.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func execute(_ sql: SQL) throws(StorageError) {
        let code = sqlite3_exec(handle, sql.text, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, sql) }
    }

    /// Runs one statement to its end.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func run(_ sql: SQL, _ values: SQLValue...) throws(StorageError) {
        try run(sql, values)
    }

    /// Runs one statement to its end.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func run(_ sql: SQL, _ values: [SQLValue]) throws(StorageError) {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW { code = sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw failure(code, sql) }
    }

    /// All rows that a query gives, each made into a value.
    ///
    /// - Throws: `StorageError` for what SQLite or `make` refuses.
    public func rows<Value>(
        _ sql: SQL, _ values: [SQLValue],
        make: (borrowing Row) throws(StorageError) -> Value
    ) throws(StorageError) -> [Value] {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        var result: [Value] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: result.append(try make(Row(statement: statement)))
            case SQLITE_DONE: return result
            case let code: throw failure(code, sql)
            }
        }
    }

    /// The first row that a query gives, made into a value; nil when there is none.
    ///
    /// - Throws: `StorageError` for what SQLite or `make` refuses.
    public func first<Value>(
        _ sql: SQL, _ values: SQLValue...,
        make: (borrowing Row) throws(StorageError) -> Value
    ) throws(StorageError) -> Value? {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return try make(Row(statement: statement))
        case SQLITE_DONE: return nil
        case let code: throw failure(code, sql)
        }
    }

    /// Ends a transaction so that its writes are kept.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    func commit() throws(StorageError) {
        if isTemporary {
            commits += 1
            // SQLite goes through all changed pages at each commit, so they may not become many. A page
            // that can't be written now stays in the cache.
            if commits % Connection.commitsToFlush == 0 { sqlite3_db_cacheflush(handle) }
        }
        try run("COMMIT")
    }

    private static let commitsToFlush = 16

    /// The rows that the last statement changed.
    public var changedRows: Int { Int(sqlite3_changes(handle)) }

    /// The key of the row that was inserted last.
    public var lastSequence: Int64 { sqlite3_last_insert_rowid(handle) }

    /// The statement of a text, with its parameters bound.
    private func prepared(_ sql: SQL, _ values: [SQLValue]) throws(StorageError) -> OpaquePointer {
        let statement = try statement(sql)
        let code = statement.bind(values)
        guard code == SQLITE_OK else { throw failure(code, sql) }
        return statement.handle
    }

    private func statement(_ sql: SQL) throws(StorageError) -> Statement {
        let key = sql.key
        let slot = key.place & (Connection.recentStatements - 1)
        if let found = recent[slot], found.key == key { return found }
        let statement: Statement
        if let kept = statements[key] {
            statement = kept
        } else {
            var made: OpaquePointer?
            let code = sqlite3_prepare_v3(
                handle, sql.text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
            guard code == SQLITE_OK, let made else { throw failure(code, sql) }
            if statements.count >= Connection.keptStatements { dropIdleStatements() }
            statement = Statement(made, key)
            statements[key] = statement
        }
        recent[slot] = statement
        return statement
    }

    /// Statements kept at most; filters that clients make up have as many texts as shapes.
    private static let keptStatements = 200
    /// A power of two.
    private static let recentStatements = 256

    private func dropIdleStatements() {
        for slot in recent.indices { recent[slot] = nil }
        for (key, statement) in statements where sqlite3_stmt_busy(statement.handle) == 0 {
            statements[key] = nil
        }
    }

    private func failure(_ code: Int32, _ sql: SQL) -> StorageError {
        let message = String(cString: sqlite3_errmsg(handle))
        switch code & 0xFF {
        case SQLITE_BUSY: return .inUse(path: path)
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(path: path, message: message)
        default: return .statement(code: code, message: message, sql: sql.text)
        }
    }
}

/// One row of a result; it lives as long as the closure that is handed it.
public struct Row: ~Copyable {
    private let statement: OpaquePointer

    fileprivate init(statement: OpaquePointer) { self.statement = statement }

    /// The integer in a column.
    public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    /// Whether a column is null.
    public func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(statement, column) == SQLITE_NULL
    }

    /// Whether a column holds an integer.
    public func isInteger(_ column: Int32) -> Bool {
        sqlite3_column_type(statement, column) == SQLITE_INTEGER
    }

    /// The text in a column; nil when it is null.
    public func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(
            decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
}

extension StorageError {
    /// What SQLite says where a constraint finds that values of columns are there already.
    static func taken(_ columns: String) -> StorageError {
        .statement(
            code: SQLITE_CONSTRAINT | 8 << 8, message: "UNIQUE constraint failed: " + columns,
            sql: "")
    }
}
