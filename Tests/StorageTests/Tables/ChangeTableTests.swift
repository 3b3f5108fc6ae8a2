// The change feed: what the triggers write, and what a cycle counts.

import Model
import Testing

@testable import Storage

struct ChangeTableTests {
    private let world: TestDatabase
    private var database: Database { world.database }

    init() throws { world = try TestDatabase() }

    private func count(
        _ objectType: String, in directory: DirectoryName = .tenant, after watermark: Int64 = 0
    ) throws -> [Int64] {
        let count = try database.changes.count(
            in: directory, objectType: objectType, after: watermark)
        return [count.objects, count.references]
    }

    private func feed() throws -> [[String?]] {
        try world.rows(
            "SELECT directory, object_type, object_id, is_reference FROM changes ORDER BY sequence",
            columns: 4)
    }

    // MARK: Triggers

    @Test func nothingChangedAtFirst() throws {
        #expect(try database.changes.latest() == 0)
        #expect(try count("User") == [0, 0])
    }

    @Test func everyWriteOfAUserOrAGroupIsAChange() throws {
        let id = Sample.id(1).description
        for (type, table) in [("User", "users"), ("Group", "groups")] {
            let before = try database.changes.latest()
            if type == "User" {
                try database.users.insert(Sample.user(1))
                try database.connection.run("UPDATE users SET display_name = 'x'")
                try database.connection.run("DELETE FROM users")
            } else {
                try database.groups.insert(Sample.group(1))
                try database.connection.run("UPDATE groups SET display_name = 'x'")
                try database.connection.run("DELETE FROM groups")
            }
            let written = try feed().suffix(3)
            #expect(Array(written) == Array(repeating: ["", type, id, "0"], count: 3), "\(table)")
            #expect(try database.changes.latest() == before + 3)
            #expect(try count(type) == [1, 0])
        }
    }

    @Test func aLinkIsAChangeOfItsSourcesReferences() throws {
        try database.links.insert(from: Sample.id(1), .member, to: Sample.id(2))
        try database.links.insert(from: Sample.id(3), .manager, to: Sample.id(4))
        try database.links.insert(from: Sample.id(1), .member, to: Sample.id(2))
        try database.connection.run("DELETE FROM links WHERE name = 'member'")
        let one = Sample.id(1).description
        let two = Sample.id(2).description
        let three = Sample.id(3).description
        #expect(
            try feed() == [
                ["members/" + one, "", two, "0"], ["", "Group", one, "1"],
                ["", "User", three, "1"], ["members/" + one, "", two, "0"],
                ["", "Group", one, "1"],
            ])
        #expect(try count("Group") == [1, 1])
        #expect(try count("User") == [1, 1])
    }

    @Test func everyWriteOfAnotherDirectoryIsAChangeOfThatOne() throws {
        let owner = Sample.id(9)
        try database.directoryObjects.insert(
            id: "w1", objectType: "Worker", directory: "Workday", servicePrincipal: owner,
            attributes: JSONObject())
        try database.connection.run("UPDATE directory_objects SET body = '{\"a\":1}'")
        try database.connection.run("DELETE FROM directory_objects")
        #expect(
            try feed()
                == Array(repeating: ["\(owner)/Workday", "Worker", "w1", "0"], count: 3))
        let workday = DirectoryName.application(servicePrincipal: owner, name: "Workday")
        #expect(try count("Worker", in: workday) == [1, 0])
    }

    @Test func applicationsAndServicePrincipalsHaveTheirOwnFeeds() throws {
        try database.applications.insert(Sample.servicePrincipal(1))
        try database.servicePrincipals.insert(Sample.servicePrincipal(2))
        try database.connection.run("UPDATE applications SET body = '{\"a\":1}'")
        try database.connection.run("DELETE FROM service_principals")
        let one = Sample.id(1).description
        let two = Sample.id(2).description
        #expect(
            try feed() == [
                ["", "Application", one, "0"], ["", "ServicePrincipal", two, "0"],
                ["", "Application", one, "0"], ["", "ServicePrincipal", two, "0"],
            ])
    }

    /// What delta queries tell: which members of an object changed, which link came or went.
    @Test func aChangeNamesWhatChanged() throws {
        try database.users.insert(Sample.user(1))
        try database.connection.run(
            """
            UPDATE users SET body = json_set(body, '$.mail', 'x@example.com',
                '$.displayName', 'X', '$.accountEnabled', json('true'))
            """)
        try database.links.insert(from: Sample.id(1), .manager, to: Sample.id(2))
        try database.connection.run("DELETE FROM links")
        let changes = try world.rows(
            "SELECT properties, link, target_id, is_removed FROM changes ORDER BY sequence",
            columns: 4)
        let two = Sample.id(2).description
        #expect(
            changes == [
                [nil, nil, nil, "0"], ["displayName,mail", nil, nil, "0"],
                [nil, "manager", two, "0"], [nil, "manager", two, "1"],
            ])
    }

    @Test func anAssignmentIsAChangeOfItsApplicationAlone() throws {
        try database.values.save("a", "1")
        #expect(try database.changes.latest() == 0)
        try database.assignments.insert(
            id: Sample.id(5), principal: Sample.id(1), resource: Sample.id(2), role: .zero,
            created: .never)
        #expect(
            try feed() == [
                ["assignments/" + Sample.id(2).description, "", Sample.id(1).description, "0"]
            ])
    }

    // MARK: Counts

    @Test func countsObjectsAndNotChanges() throws {
        for number in 1...3 as ClosedRange<UInt64> {
            try database.users.insert(Sample.user(number))
        }
        for _ in 0..<3 { try database.connection.run("UPDATE users SET display_name = 'x'") }
        #expect(try count("User") == [3, 0])
        #expect(try database.changes.latest() == 12)
    }

    @Test func countsWhatCameAfterTheWatermark() throws {
        try database.users.insert(Sample.user(1))
        try database.users.insert(Sample.user(2))
        let watermark = try database.changes.latest()
        #expect(try count("User", after: watermark) == [0, 0])
        #expect(try count("User", after: watermark - 1) == [1, 0])
        try database.connection.run(
            "UPDATE users SET display_name = 'x' WHERE id = ?1", .text(Sample.id(1).description))
        try database.groups.insert(Sample.group(3))
        #expect(try count("User", after: watermark) == [1, 0])
        #expect(try count("Group", after: watermark) == [1, 0])
        #expect(try count("User", after: .max) == [0, 0])
    }

    /// An object counts as a reference when nothing else of it changed after the watermark.
    @Test func countsObjectsOfWhichOnlyAReferenceChanged() throws {
        for number in 1...3 as ClosedRange<UInt64> {
            try database.groups.insert(Sample.group(number))
        }
        let watermark = try database.changes.latest()
        try database.links.insert(from: Sample.id(1), .member, to: Sample.id(8))
        try database.links.insert(from: Sample.id(1), .member, to: Sample.id(9))
        try database.links.insert(from: Sample.id(2), .member, to: Sample.id(8))
        try database.connection.run(
            "UPDATE groups SET display_name = 'x' WHERE id = ?1", .text(Sample.id(2).description))
        #expect(try count("Group", after: watermark) == [2, 1])
        #expect(try count("Group") == [3, 0])
    }

    @Test func keepsDirectoriesAndTypesApart() throws {
        let owner = Sample.id(9)
        let names: [(GUID, String, String, String)] = [
            (owner, "A", "user", "1"), (owner, "A", "user", "2"), (owner, "A", "group", "1"),
            (owner, "B", "user", "1"), (Sample.id(10), "A", "user", "1"),
        ]
        for (owner, directory, type, id) in names {
            try database.directoryObjects.insert(
                id: id, objectType: type, directory: directory, servicePrincipal: owner,
                attributes: JSONObject())
        }
        try database.users.insert(Sample.user(1))
        let directory = DirectoryName.application(servicePrincipal: owner, name: "A")
        #expect(try count("user", in: directory) == [2, 0])
        #expect(try count("group", in: directory) == [1, 0])
        #expect(try count("User", in: directory) == [0, 0])
        #expect(try count("User") == [1, 0])
    }

    @Test func countsWhatADirectoryHolds() throws {
        let owner = Sample.id(9)
        let changes = database.changes
        try database.users.insert(Sample.user(1))
        try database.users.insert(Sample.user(2))
        try database.groups.insert(Sample.group(3))
        try database.directoryObjects.insert(
            id: "1", objectType: "user", directory: "A", servicePrincipal: owner,
            attributes: JSONObject())
        let directory = DirectoryName.application(servicePrincipal: owner, name: "A")
        let other = DirectoryName.application(servicePrincipal: owner, name: "B")
        #expect(try changes.countObjects(in: .tenant, objectType: "User") == 2)
        #expect(try changes.countObjects(in: .tenant, objectType: "Group") == 1)
        #expect(try changes.countObjects(in: .tenant, objectType: "Device") == 0)
        #expect(try changes.countObjects(in: directory, objectType: "user") == 1)
        #expect(try changes.countObjects(in: directory, objectType: "group") == 0)
        #expect(try changes.countObjects(in: other, objectType: "user") == 0)
    }

    /// A number is never given twice, so that no watermark ever points past a later change.
    @Test func numbersAreNotGivenAgain() throws {
        try database.users.insert(Sample.user(1))
        try database.users.insert(Sample.user(2))
        try database.connection.run("DELETE FROM changes")
        try database.users.insert(Sample.user(3))
        #expect(try database.changes.latest() == 3)
    }
}
