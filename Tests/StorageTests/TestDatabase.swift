// A database to test with, and rows to put into it.

import Model
import Testing

@testable import Storage

/// A new database in a folder of its own.
struct TestDatabase {
    let database: Database
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        database = try Database(path: directory.file("tenant.db"))
    }

    var path: String { directory.file("tenant.db") }

    /// All rows of a query, each column as text and null as nil.
    func rows(_ sql: SQL, columns: Int32) throws -> [[String?]] {
        try database.connection.rows(sql, []) { (row) throws(StorageError) in
            (0..<columns).map { row.text($0) }
        }
    }
}

/// Identifiers and objects out of small numbers.
enum Sample {
    static func id(_ number: UInt64) -> GUID { GUID(high: 0x1000_0000_0000_4000, low: number) }

    static func object(_ number: UInt64, _ members: [(String, JSONValue)] = []) throws
        -> DirectoryObject
    {
        let json = JSONObject([("id", .string(id(number).description))] + members)
        return try #require(DirectoryObject(json))
    }

    static func user(_ number: UInt64, enabled: JSONValue = true) throws -> DirectoryObject {
        try object(
            number,
            [
                ("userPrincipalName", .string("User\(number)@example.com")),
                ("displayName", .string("User \(number)")), ("accountEnabled", enabled),
            ])
    }

    static func group(_ number: UInt64) throws -> DirectoryObject {
        try object(number, [("displayName", .string("Group \(number)"))])
    }

    static func servicePrincipal(
        _ number: UInt64, _ members: [(String, JSONValue)] = []
    ) throws -> DirectoryObject {
        try object(number, [("appId", .string(id(number + 1_000).description))] + members)
    }

    static func job(_ name: String) -> SynchronizationJob {
        SynchronizationJob(
            id: name, templateID: "scim", interval: .minutes(40),
            settings: [KeyValuePair(name: "a", value: nil)])
    }
}
