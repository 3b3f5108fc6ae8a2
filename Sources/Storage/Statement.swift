// A prepared statement and the texts that its parameters hold.

import CSQLite

/// A statement that is kept.
///
/// A class, because it owns a C handle and the memory that bound texts lie in: they stay there until the
/// statement is bound again, so that SQLite needs no copies of its own.
final class Statement {
    let handle: OpaquePointer
    let key: SQL.Key
    private let parameters: Int
    private var texts = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// The bytes of `texts` that were bound last.
    private var used = 0
    /// What bound texts took or would have taken.
    private var wanted = 0

    /// Texts of a statement that are kept in its own memory, in bytes; SQLite makes copies of others.
    private static let keptBytes = 16_384

    init(_ handle: OpaquePointer, _ key: SQL.Key) {
        self.handle = handle
        self.key = key
        parameters = Int(sqlite3_bind_parameter_count(handle))
    }

    deinit {
        sqlite3_finalize(handle)
        texts.deallocate()
    }

    /// Gives all parameters their values; those that there are no values for are null.
    ///
    /// - Returns: SQLite's code; `SQLITE_MISUSE` while the statement runs.
    func bind(_ values: [SQLValue]) -> Int32 {
        // What is bound now lies in memory that is written anew.
        guard sqlite3_stmt_busy(handle) == 0 else { return SQLITE_MISUSE }
        if values.count < parameters { sqlite3_clear_bindings(handle) }
        if wanted > texts.count, texts.count < Statement.keptBytes {
            sqlite3_clear_bindings(handle)
            texts.deallocate()
            texts = .allocate(
                byteCount: min(wanted * 2, Statement.keptBytes), alignment: 1)
        }
        used = 0
        wanted = 0
        for index in values.indices {
            let position = Int32(truncatingIfNeeded: index + 1)
            let code =
                switch values[index] {
                case .null: sqlite3_bind_null(handle, position)
                case .integer(let number): sqlite3_bind_int64(handle, position, number)
                case .real(let number): sqlite3_bind_double(handle, position, number)
                case .text(let text): bind(text, position)
                case .utf8(let bytes): bytes.withUnsafeBufferPointer { bind($0, position) }
                }
            guard code == SQLITE_OK else { return code }
        }
        return SQLITE_OK
    }

    private func bind(_ text: String, _ position: Int32) -> Int32 {
        let code = text.utf8.withContiguousStorageIfAvailable { bind($0, position) }
        if let code { return code }
        var text = text
        return text.withUTF8 { bind($0, position) }
    }

    private func bind(_ utf8: UnsafeBufferPointer<UInt8>, _ position: Int32) -> Int32 {
        // Without an address SQLite would take the empty text for null.
        guard let start = utf8.baseAddress else {
            return sqlite3_bind_text(handle, position, "", 0, csqlite_transient())
        }
        wanted += utf8.count
        guard utf8.count <= texts.count - used, let kept = texts.baseAddress else {
            let characters = UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
            return sqlite3_bind_text(
                handle, position, characters, Int32(utf8.count), csqlite_transient())
        }
        let place = kept + used
        place.copyMemory(from: start, byteCount: utf8.count)
        used += utf8.count
        return sqlite3_bind_text(
            handle, position, place.assumingMemoryBound(to: CChar.self), Int32(utf8.count), nil)
    }
}
