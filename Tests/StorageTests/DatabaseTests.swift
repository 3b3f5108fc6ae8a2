// Opening, migrating, refusing, and transactions.

import Foundation
import Model
import Testing

@testable import Storage

struct DatabaseTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var path: String { directory.file("tenant.db") }

    private func open(_ name: String = "tenant.db") throws -> Database {
        try Database(path: directory.file(name))
    }

    private func write(_ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    // MARK: Opening

    @Test func aNewDatabaseIsEmptyAndUpToDate() throws {
        let database = try open()
        #expect(try database.users.count() == 0)
        #expect(try database.changes.latest() == 0)
        #expect(try database.jobs.list().isEmpty)
        let version = try database.connection.count("PRAGMA user_version")
        #expect(version == Int64(Migrations.all.count))
    }

    @Test func whatWasWrittenIsThereWhenOpenedAgain() throws {
        do {
            let database = try Database(path: path)
            try database.values.save("seed", "demo")
        }
        let database = try Database(path: path)
        #expect(try database.values.load("seed") == "demo")
    }

    @Test func anEmptyFileBecomesADatabase() throws {
        try write([])
        #expect(try open().users.count() == 0)
    }

    @Test func aSecondConnectionIsToldThatTheDatabaseIsInUse() throws {
        let database = try open()
        #expect(throws: StorageError.inUse(path: path)) { try open() }
        // The first one is none the worse for it.
        try database.values.save("a", "1")
        #expect(try database.values.load("a") == "1")
    }

    @Test func aClosedDatabaseIsFree() throws {
        for _ in 0..<3 { try open().values.save("a", "1") }
        #expect(try open().values.load("a") == "1")
    }

    @Test func aFolderCannotBeOpened() {
        let error = #expect(throws: StorageError.self) {
            try Database(path: directory.path)
        }
        guard case .cannotOpen(directory.path, let message)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message == "unable to open database file")
    }

    @Test func aFileInAFolderThatIsMissingCannotBeOpened() {
        let missing = directory.file("missing/tenant.db")
        let error = #expect(throws: StorageError.self) {
            try Database(path: missing)
        }
        guard case .cannotOpen(missing, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    // MARK: Damage

    /// SQLite itself takes a file of one byte for an empty one.
    @Test(arguments: [2, 15, 16, 99, 100, 511, 512, 4_096, 10_000])
    func aFileOfAnotherKindIsCorrupt(length: Int) throws {
        try write((0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + 65) })
        let error = #expect(throws: StorageError.self) { try open() }
        guard case .corrupt(path, let message)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message == "file is not a database")
    }

    @Test func aHeaderWithoutPagesIsCorrupt() throws {
        try write(Array("SQLite format 3\u{0}".utf8) + Array(repeating: 0xFF, count: 4_080))
        let error = #expect(throws: StorageError.self) { try open() }
        guard case .corrupt(path, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// A file cut short is found out at the latest when what is missing is read, as damage.
    @Test(arguments: 1...9)
    func aFileCutShortIsCorrupt(tenths: Int) throws {
        do {
            let database = try open()
            try database.transaction {
                for number in 1...500 { try database.users.insert(Sample.user(UInt64(number))) }
            }
        }
        let whole = try Data(contentsOf: URL(filePath: path))
        // Whole pages, because a torn page ends where its sector ends.
        let length = whole.count * tenths / 10 / 4_096 * 4_096
        try #require(length > 0 && length < whole.count)
        try write(whole.prefix(length))
        let error = #expect(throws: StorageError.self) {
            let database = try open()
            _ = try database.connection.rows("SELECT body FROM users", []) {
                (row) throws(StorageError) in row.text(0)
            }
            _ = try database.changes.count(in: .tenant, objectType: "User", after: 0)
        }
        guard case .corrupt(path, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    // MARK: Transactions

    @Test func aTransactionGivesItsValueAndKeepsItsWrites() throws {
        let database = try open()
        let value = try database.transaction {
            try database.values.save("a", "1")
            return try database.values.load("a")
        }
        #expect(value == "1")
        #expect(try database.values.load("a") == "1")
    }

    @Test func aBodyThatThrowsLeavesNothingBehind() throws {
        struct Refusal: Error, Equatable { let number: Int }
        let database = try open()
        try database.values.save("a", "1")
        #expect(throws: Refusal(number: 7)) {
            try database.transaction {
                try database.values.save("a", "2")
                try database.users.insert(Sample.user(1))
                throw Refusal(number: 7)
            }
        }
        #expect(try database.values.load("a") == "1")
        #expect(try database.users.count() == 0)
        #expect(try database.changes.latest() == 0)
        try database.transaction { try database.values.save("a", "3") }
        #expect(try database.values.load("a") == "3")
    }

    @Test func aRefusedStatementTakesItsTransactionWithIt() throws {
        let database = try open()
        let user = try Sample.user(1)
        #expect(throws: StorageError.self) {
            try database.transaction {
                try database.values.save("a", "1")
                try database.users.insert(user)
                try database.users.insert(user)
            }
        }
        #expect(try database.values.load("a") == nil)
        #expect(try database.users.count() == 0)
    }

    @Test func aBodyMayHandleARefusal() throws {
        let database = try open()
        let user = try Sample.user(1)
        try database.transaction {
            try database.users.insert(user)
            #expect(throws: StorageError.self) { try database.users.insert(user) }
            try database.values.save("a", "1")
        }
        #expect(try database.values.load("a") == "1")
        #expect(try database.users.count() == 1)
    }

    @Test func aTransactionInATransactionIsRefusedAsAWhole() throws {
        let database = try open()
        #expect(throws: StorageError.self) {
            try database.transaction {
                try database.values.save("a", "1")
                try database.transaction { try database.values.save("b", "2") }
            }
        }
        #expect(try database.values.load("a") == nil)
        #expect(try database.values.load("b") == nil)
        try database.transaction { try database.values.save("a", "3") }
        #expect(try database.values.load("a") == "3")
    }
}
