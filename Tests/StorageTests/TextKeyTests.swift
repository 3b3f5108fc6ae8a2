// Keys of texts: the same for ever, in Swift as in SQL, and never trusted alone.

import Model
import Testing

@testable import Storage

struct TextKeyTests {
    /// Tables hold them, so these may never change.
    private static let fixed: [(text: String, key: Int64)] = [
        ("", 31_766_917_201_857),
        ("a", 101_482_181_570_752),
        ("ada@example.com", -121_299_586_394_913),
        ("user12@example.com", -106_529_416_019_956),
        ("8515213e-a083-4203-a359-f44c2ed2e52b", 69_691_854_157_132),
        ("é", -115_415_470_962_426),
    ]

    @Test func keysAreTheSameInSQL() throws {
        let connection = try Connection()
        for text in ["", "a", "user12@example.com", "\u{E9}7", "0", "18446744073709551616"] {
            #expect(try connection.count("SELECT key(?1)", .text(text)) == TextKey.of(text))
            #expect(
                try connection.count("SELECT key('job.1', ?1)", .text(text))
                    == TextKey.of("job.1", text))
        }
        let isNull = try connection.first("SELECT key('a', NULL)") {
            (row) throws(StorageError) in row.isNull(0)
        }
        #expect(isNull == true)
    }

    @Test(arguments: fixed.indices)
    func keysStayWhatTheyAre(index: Int) {
        let (text, key) = TextKeyTests.fixed[index]
        #expect(TextKey.of(text) == key)
    }

    @Test func keysWithinAScopeStayWhatTheyAre() {
        #expect(TextKey.of("scim.1", "user2") == 118_316_148_457_474)
    }

    @Test func keysFitInSixBytes() {
        for number in 0..<2_000 {
            let key = TextKey.of("\(number)-" + String(repeating: "x", count: number % 7))
            #expect(key >= -1 << 47 && key < 1 << 47)
        }
    }

    @Test func numberedNamesAreNeighbours() {
        #expect(TextKey.of("user10@example.com") == TextKey.of("user9@example.com") + 1)
    }

    /// These two have one key.
    private static let same = ("user7", "user07")

    @Test func textsOfOneKeyAreToldApart() throws {
        let (first, second) = TextKeyTests.same
        #expect(TextKey.of(first) == TextKey.of(second))
        let database = try TestDatabase().database

        let references = database.exportedReferences
        let log = try #require(
            RecordTable.synchronization.first { $0.name == "provisioning_logs" })
        for name in [first, second] {
            try database.connections.save(
                ObjectConnectionRow(
                    objectType: "User", sourceAnchor: name, targetType: "User",
                    targetAnchor: "t-" + name, displayName: name, isManaged: true,
                    knowsReferences: true, exported: "{}"), job: "a")
            try references.save(
                [ReferenceRow(source: "r-" + name, target: "t")], job: "a", source: name,
                attribute: "members")
            let row = try JSONValue(
                parsing: """
                    {"id": "\(name)", "activity": 1, "job_id": "\(name)", "cycle_id": "c",
                    "change_id": "d", "action": "create", "status": "success", "target_id": "t",
                    "service_principal_id": "p", "source_id": "\(name)",
                    "body": "{\\"id\\":\\"\(name)\\"}"}
                    """)
            try database.rowStore.insert(try #require(row.object), into: log)
        }
        for name in [first, second] {
            let link = try database.connections.load(
                job: "a", objectType: "User", sourceAnchor: name)
            #expect(link?.targetAnchor == "t-" + name)
            #expect(try database.connections.find(job: "a", anchor: "t-" + name) == link)
            let held = try references.list(job: "a", source: name, attribute: "members")
            #expect(held.map(\.source) == ["r-" + name])
            let operand = FilterOperand(path: FilterPath(names: ["jobId"], kind: .string))
            for filter: FilterExpression in [
                .compare(operand, .equal, .string(name)), .oneOf(operand, [.string(name)]),
            ] {
                let found = try database.records.list(
                    .provisioningLogs, ListQuery(filter: filter, limit: 5))
                #expect(found.map { $0.json["id"]?.string } == [name])
            }
        }
        try database.connections.delete(job: "a", objectType: "User", sourceAnchor: first)
        #expect(try database.connections.targetAnchor(job: "a", sourceAnchor: second) != nil)
        #expect(
            try references.list(job: "a", source: second, attribute: "members").count == 1)
    }

    @Test func resourcesAndMembersOfOneKeyAreToldApart() throws {
        let (first, second) = TextKeyTests.same
        let database = try TestDatabase().database
        let resources = database.scimResources
        for name in [first, second] {
            let json = JSONObject([
                ("userName", .string(name)), ("displayName", .string(name)),
            ])
            _ = try resources.insert(json, id: name, type: .user, directory: 1)
        }
        for name in [first, second] {
            #expect(try resources.load(id: name, type: .user, directory: 1)?.id == name)
            for attribute: SCIMIndexedAttribute in [.id, .userName, .displayName] {
                let found = try resources.find(
                    attribute, name, type: .user, directory: 1, limit: 5)
                #expect(found.map(\.id) == [name], "\(attribute)")
            }
            #expect(try database.scimMembers.insert(SCIMMember(value: name), group: 9))
            #expect(try !database.scimMembers.insert(SCIMMember(value: name), group: 9))
        }
        #expect(try database.scimMembers.delete(first, group: 9))
        #expect(try !database.scimMembers.delete(first, group: 9))
        #expect(
            try database.scimMembers.list(group: 9, directory: 1).map(\.value) == [second])
        // An identifier is taken within its type and directory.
        #expect(throws: StorageError.self) {
            try resources.insert(JSONObject(), id: first, type: .user, directory: 1)
        }
        _ = try resources.insert(JSONObject(), id: first, type: .group, directory: 1)
        _ = try resources.insert(JSONObject(), id: first, type: .user, directory: 2)
    }

    // MARK: Cost

    @Test(arguments: [
        ("jobId", "provisioning_logs_job"), ("sourceIdentity/id", "provisioning_logs_source"),
    ])
    func equalityGoesThroughTheIndex(property: String, index: String) throws {
        let operand = FilterOperand(
            path: FilterPath(
                names: property.split(separator: "/").map(String.init), kind: .string))
        for filter: FilterExpression in [
            .compare(operand, .equal, .string("a")),
            .oneOf(operand, [.string("a"), .string("b")]),
        ] {
            #expect(try plan(filter).contains(index), "\(filter)")
        }
    }

    private func plan(_ filter: FilterExpression) throws -> String {
        let statement = try #require(
            ListSQL(ListQuery(filter: filter, limit: 5), .provisioningLogs).statements.first)
        return try TestDatabase().database.connection.rows(
            "EXPLAIN QUERY PLAN " + statement.sql, statement.values
        ) { (row) throws(StorageError) in row.text(3) ?? "" }.joined(separator: "\n")
    }

    private static let lookups: [(sql: SQL, plan: String)] = [
        (ObjectConnectionTable.one, "connections_source (<expr>=?)"),
        (ObjectConnectionTable.anchor, "connections_source (<expr>=?)"),
        (ObjectConnectionTable.place, "connections_source (<expr>=?)"),
        (ObjectConnectionTable.removal, "connections_source (<expr>=?)"),
        (ObjectConnectionTable.ofTarget, "connections_target (<expr>=? AND <expr>=?)"),
        (ObjectConnectionTable.linked, "connections_target (<expr>=? AND <expr>=?)"),
        (ObjectConnectionTable.releaseLinks, "connections_target (<expr>=? AND <expr>=?)"),
        (ObjectConnectionTable.releaseReferences, "connections_target (<expr>=? AND <expr>=?)"),
        (ObjectConnectionTable.releaseReferences, "PRIMARY KEY (source_key=?"),
        (SCIMResourceTable.one, "scim_resources_id (directory=? AND <expr>=? AND <expr>=?)"),
        (SCIMResourceTable.taken, "scim_resources_id (directory=? AND <expr>=? AND <expr>=?)"),
        (SCIMResourceTable.byID, "scim_resources_id (directory=? AND <expr>=? AND <expr>=?)"),
        (SCIMResourceTable.byUserName, "scim_resources_user_name (directory=? AND <expr>=?)"),
        (SCIMResourceTable.takenUserName, "scim_resources_user_name (directory=? AND <expr>=?)"),
        (
            SCIMResourceTable.byExternalID,
            "scim_resources_external_id (directory=? AND <expr>=?)"
        ),
        (
            SCIMResourceTable.byDisplayName,
            "scim_resources_display_name (directory=? AND <expr>=? AND <expr>=?)"
        ),
        (SCIMResourceTable.byMember, "scim_members_member (<expr>=?"),
        (SCIMMemberTable.one, "scim_members_member (<expr>=? AND group_sequence=?)"),
        (SCIMMemberTable.removal, "scim_members_member (<expr>=? AND group_sequence=?)"),
        (SCIMMemberTable.ofGroup, "scim_members_group (group_sequence=?)"),
        (SCIMMemberTable.ofGroup, "scim_resources_id (directory=? AND <expr>=? AND <expr>=?)"),
        (SCIMMemberTable.groups, "scim_members_member (<expr>=?)"),
        (ExportedReferenceTable.missing, "connections_source (<expr>=?)"),
        (ExportedReferenceTable.missing, "PRIMARY KEY (source_key=? AND reference_anchor=?"),
        (ExportedReferenceTable.surplus, "PRIMARY KEY (source_key=? AND reference_anchor>?)"),
    ]

    @Test(arguments: lookups.indices)
    func lookupsGoThroughTheIndex(index: Int) throws {
        let (sql, expected) = TextKeyTests.lookups[index]
        let plan = try TestDatabase().rows("EXPLAIN QUERY PLAN " + sql, columns: 4)
        #expect(plan.contains { $0[3]?.contains(expected) == true }, "\(plan)")
    }
}

extension SCIMResourceTable {
    fileprivate func insert(
        _ json: JSONObject, id: String, type: SCIMResourceType, directory: Int64
    ) throws -> SCIMResourceRow {
        try insert(
            StorableResource(json, type: type), id: id, type: type, directory: directory, time: "t")
    }
}
