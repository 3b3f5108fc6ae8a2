// What was answered is on disk: files copied from under an open database open with all rows.

import Foundation
import Model
import Testing

@testable import Storage

struct DurabilityTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// Copies the database's files as a process that is killed leaves them.
    private func copy(as name: String) throws -> String {
        let target = directory.file(name)
        for suffix in ["", "-wal"] where exists(directory.file("tenant.db") + suffix) {
            try FileManager.default.copyItem(
                atPath: directory.file("tenant.db") + suffix, toPath: target + suffix)
        }
        return target
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func openDurable() throws -> Database {
        try Database(path: directory.file("tenant.db"))
    }

    @Test func everyChangeIsOnDiskBeforeItIsAnswered() throws {
        let database = try openDurable()
        for number in 1...20 {
            try database.transaction {
                try database.users.insert(Sample.user(UInt64(number)))
                try database.values.save("latest", "\(number)")
            }
            let copied = try Database(path: try copy(as: "\(number).db"))
            #expect(try copied.users.count() == Int64(number))
            #expect(try copied.values.load("latest") == "\(number)")
            #expect(try copied.changes.latest() == Int64(number))
        }
        #expect(try database.users.count() == 20)
    }

    @Test func aTransactionThatIsNotCommittedIsNotOnDisk() throws {
        let database = try openDurable()
        try database.users.insert(Sample.user(1))
        try database.transaction {
            for number in 2...2_000 { try database.users.insert(Sample.user(UInt64(number))) }
            let copied = try Database(path: try copy(as: "open.db"))
            #expect(try copied.users.count() == 1)
        }
        #expect(try database.users.count() == 2_000)
    }

    @Test func aCheckpointMovesEverythingIntoTheFile() throws {
        let database = try openDurable()
        for number in 1...50 { try database.users.insert(Sample.user(UInt64(number))) }
        try database.checkpoint()
        let alone = directory.file("alone.db")
        try FileManager.default.copyItem(atPath: directory.file("tenant.db"), toPath: alone)
        #expect(try Database(path: alone).users.count() == 50)
        try database.users.insert(Sample.user(51))
        let copied = try Database(path: try copy(as: "after.db"))
        #expect(try copied.users.count() == 51)
    }

    /// A log that ends anywhere is read up to its last whole transaction.
    @Test func aLogCutShortLosesWholeTransactionsOnly() throws {
        let database = try openDurable()
        try database.checkpoint()
        for number in 1...10 {
            try database.transaction {
                try database.users.insert(Sample.user(UInt64(2 * number - 1)))
                try database.users.insert(Sample.user(UInt64(2 * number)))
            }
        }
        let whole = try copy(as: "whole.db")
        let log = try Data(contentsOf: URL(filePath: whole + "-wal"))
        var seen: Set<Int64> = []
        for part in 0...40 {
            let cut = directory.file("cut\(part).db")
            try FileManager.default.copyItem(atPath: whole, toPath: cut)
            try log.prefix(log.count * part / 40).write(to: URL(filePath: cut + "-wal"))
            let database = try Database(path: cut)
            let users = try database.users.count()
            #expect(users % 2 == 0, "half a transaction of \(part)/40 of the log")
            #expect(try database.changes.latest() == users)
            seen.insert(users)
        }
        #expect(seen.isSuperset(of: [0, 20]))
        #expect(seen.count > 5)
    }

    /// A query that makes a statement of its own, so that the connection's store of them grows.
    private static func query(_ number: Int) -> ListQuery {
        let filter = (0..<8).reduce(FilterExpression.equal(property: "id", .null)) { filter, bit in
            .and(
                filter,
                number >> bit & 1 == 0
                    ? .equal(property: "appId", .null) : .startsWith(property: "appId", "a"))
        }
        return ListQuery(filter: filter, limit: 1)
    }

    @Test func aDatabaseIsUsedFromManyThreadsBehindOneLock() async throws {
        let locked = LockedDatabase(try openDurable())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for step in 0..<25 {
                        let user = try Sample.user(UInt64(task * 25 + step))
                        let query = DurabilityTests.query(task * 25 + step)
                        try locked.withLock { database in
                            try database.transaction { try database.users.insert(user) }
                            _ = try database.reader.list(.servicePrincipal, query)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let (users, latest) = try locked.withLock { database in
            (try database.users.count(), try database.changes.latest())
        }
        #expect(users == 200)
        #expect(latest == 200)
    }
}

/// A database behind a lock of the system's, which the thread sanitizer understands.
private final class LockedDatabase: Sendable {
    private let database: Database
    private let lock = NSLock()

    init(_ database: Database) { self.database = database }

    func withLock<Value>(_ body: (Database) throws -> Value) rethrows -> Value {
        try lock.withLock { try body(database) }
    }
}
