// The connection: values in and out, errors as facts, statements kept.

import Foundation
import Model
import Testing

@testable import Storage

struct ConnectionTests {
    private let directory: TemporaryDirectory
    private let connection: Connection

    init() throws {
        directory = try TemporaryDirectory()
        connection = try Connection(path: directory.file("a.db"))
        try connection.execute("CREATE TABLE t (k INTEGER PRIMARY KEY, v TEXT) STRICT")
    }

    // MARK: Values

    @Test(arguments: [
        "", "a", "'; DROP TABLE t; --", "\u{0}", "a\u{0}b", "\u{E9}e\u{301}\u{1F600}",
        "\u{10FFFF}", "\n\t\"\\",
    ])
    func textComesBackAsItWas(text: String) throws {
        try connection.run("INSERT INTO t VALUES (1, ?1)", .text(text))
        let read = try connection.first("SELECT v FROM t WHERE v = ?1", .text(text)) {
            (row) throws(StorageError) in row.text(0)
        }
        let utf8 = read.flatMap { $0 }.map { Array($0.utf8) }
        #expect(utf8 == Array(text.utf8))
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func integersComeBackAsTheyWere(number: Int64) throws {
        try connection.run("INSERT INTO t VALUES (?1, 'x')", .integer(number))
        let read = try connection.first("SELECT k FROM t WHERE k = ?1", .integer(number)) {
            (row) throws(StorageError) in row.integer(0)
        }
        #expect(read == number)
    }

    @Test func nullComesBackAsNull() throws {
        try connection.run("INSERT INTO t VALUES (1, ?1)", .null)
        let isNull = try connection.first("SELECT v FROM t") { (row) throws(StorageError) in
            row.isNull(0) && row.text(0) == nil
        }
        #expect(isNull == true)
        #expect(SQLValue.optional(nil) == .null)
        #expect(SQLValue.optional("") == .text(""))
    }

    @Test func textLongerThanAPageComesBackAsItWas() throws {
        let text = String(repeating: "0123456789", count: 100_000)
        try connection.run("INSERT INTO t VALUES (1, ?1)", .text(text))
        let read = try connection.first("SELECT v FROM t") { (row) throws(StorageError) in
            row.text(0) == text
        }
        #expect(read == true)
    }

    // MARK: Statements

    @Test func givesRowsInOrderOrTheFirstOrNone() throws {
        try connection.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')")
        let all = try connection.rows("SELECT v FROM t ORDER BY k DESC", []) {
            (row) throws(StorageError) in row.text(0)
        }
        #expect(all == ["c", "b", "a"])
        let first = try connection.first("SELECT v FROM t ORDER BY k DESC") {
            (row) throws(StorageError) in row.text(0)
        }
        #expect(first == "c")
        let none = try connection.first("SELECT v FROM t WHERE k = 9") {
            (row) throws(StorageError) in row.integer(0)
        }
        #expect(none == nil)
    }

    /// Short texts lie in the statement's own memory, which grows; long ones don't.
    @Test func textsOfAnyLengthFollowEachOther() throws {
        let query: SQL = "SELECT ?1, ?2, ?3"
        for count in [0, 1, 20, 700, 3, 9_000, 20_000, 100, 16_384, 5] {
            let texts = ["a", "b", "\u{E9}"].map { String(repeating: $0, count: count) }
            let read = try connection.rows(query, texts.map(SQLValue.text)) {
                (row) throws(StorageError) in (0..<3).map { row.text($0) }
            }
            #expect(read == [texts], "\(count)")
        }
        let last = try connection.rows(query, [.utf8(Array("x".utf8))]) {
            (row) throws(StorageError) in (0..<3).map { row.text($0) }
        }
        #expect(last == [["x", nil, nil]])
    }

    @Test func aStatementThatRunsIsNotBoundAnew() throws {
        let query: SQL = "SELECT ?1"
        let read = try connection.rows(query, [.text("first")]) { (row) throws(StorageError) in
            #expect(throws: StorageError.self) {
                try connection.rows(query, [.text("second")]) { (_) throws(StorageError) in }
            }
            return row.text(0)
        }
        #expect(read == ["first"])
    }

    @Test func aKeptStatementTakesNewValuesEachTime() throws {
        for number in 1...3 as ClosedRange<Int64> {
            try connection.run(
                "INSERT INTO t VALUES (?1, ?2)", .integer(number), .text("v\(number)"))
        }
        for number in 1...3 as ClosedRange<Int64> {
            let read = try connection.first("SELECT v FROM t WHERE k = ?1", .integer(number)) {
                (row) throws(StorageError) in row.text(0)
            }
            #expect(read == "v\(number)")
        }
    }

    @Test func aQueryLeftHalfReadDoesNotHoldTheTable() throws {
        try connection.execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')")
        _ = try connection.first("SELECT v FROM t") { (row) throws(StorageError) in row.text(0) }
        let refusal = StorageError.unreadableRow(table: "t", key: "1")
        #expect(throws: refusal) {
            _ = try connection.rows("SELECT k FROM t", []) { (_) throws(StorageError) -> Int in
                throw refusal
            }
        }
        try connection.execute("DROP TABLE t")
    }

    @Test func countsTheRowsThatChanged() throws {
        try connection.run("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'b')")
        #expect(connection.changedRows == 3)
        try connection.run("DELETE FROM t WHERE v = ?1", .text("b"))
        #expect(connection.changedRows == 2)
        try connection.run("DELETE FROM t WHERE v = ?1", .text("b"))
        #expect(connection.changedRows == 0)
    }

    // MARK: Errors

    /// Primary result codes (sqlite.org/rescode.html).
    private static let refused: [(sql: SQL, code: Int32)] = [
        ("SELEC 1", 1), ("SELECT * FROM nothing", 1), ("INSERT INTO t VALUES (1, 'b')", 19),
        ("INSERT INTO t VALUES ('x', 'b')", 20), ("COMMIT", 1),
    ]

    @Test(arguments: refused)
    func tellsWhatWasRefused(sql: SQL, code: Int32) throws {
        try connection.execute("INSERT INTO t VALUES (1, 'a')")
        for attempt in [true, false] {
            let error = #expect(throws: StorageError.self) {
                if attempt { try connection.run(sql) } else { try connection.execute(sql) }
            }
            guard case .statement(let found, let message, let text)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(found & 0xFF == code)
            #expect(!message.isEmpty)
            #expect(text == sql.text)
        }
    }

    @Test func aConstraintIsToldByItsExtendedCode() {
        let error = #expect(throws: StorageError.self) {
            try connection.run("INSERT INTO t VALUES (1, 'a'), (1, 'b')")
        }
        guard case .statement(let code, let message, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        // SQLITE_CONSTRAINT_PRIMARYKEY
        #expect(code == 1_555)
        #expect(message == "UNIQUE constraint failed: t.k")
    }

    @Test func aFailedStatementWorksAgain() throws {
        let insert: SQL = "INSERT INTO t VALUES (?1, 'a')"
        try connection.run(insert, .integer(1))
        #expect(throws: StorageError.self) { try connection.run(insert, .integer(1)) }
        try connection.run(insert, .integer(2))
        #expect(try connection.count("SELECT count(*) FROM t") == 2)
    }

    @Test func bindingTooManyValuesIsRefused() {
        #expect(throws: StorageError.self) { try connection.run("SELECT ?1", .null, .null) }
    }

    // MARK: Settings

    @Test func aDatabaseWithANameWritesAheadAndWaitsForTheDisk() throws {
        let connection = try Connection(path: directory.file("b.db"))
        func setting(_ sql: SQL) throws -> String? {
            try connection.first(sql) { (row) throws(StorageError) in row.text(0) } ?? nil
        }
        #expect(try setting("PRAGMA journal_mode") == "wal")
        #expect(try setting("PRAGMA locking_mode") == "exclusive")
        #expect(try setting("PRAGMA synchronous") == "1")
        #expect(try setting("PRAGMA temp_store") == "2")
    }

    @Test func aDatabaseWithoutANameTakesBackWhatIsRolledBack() throws {
        let connection = try Connection()
        try connection.execute("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('kept')")
        try connection.execute("BEGIN; INSERT INTO t VALUES ('lost')")
        try connection.execute("DELETE FROM t WHERE a = 'kept'")
        try connection.execute("ROLLBACK")
        #expect(try connection.rows("SELECT a FROM t", []) { $0.text(0) } == ["kept"])
    }

    @Test func aDatabaseWithoutANameIsCopiedAndReplacedAsAWhole() throws {
        let first = try Connection()
        try first.execute("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('first')")
        let second = try Connection()
        try second.execute("CREATE TABLE u (b TEXT)")
        try first.copyPages(to: second)
        try second.execute("BEGIN; DELETE FROM t; ROLLBACK")
        #expect(try second.rows("SELECT a FROM t", []) { $0.text(0) } == ["first"])
        #expect(throws: StorageError.self) { try second.execute("SELECT b FROM u") }
    }
}
