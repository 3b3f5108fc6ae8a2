// Links followed: members, their members, and the way back.

import Model
import Testing

@testable import Storage

struct RelationTests {
    private let database: Database
    private let world: TestDatabase
    private let members = Relation("member", .forward, [.user, .group])
    private let memberOf = Relation("member", .backward, [.group])

    /// Group 11 has users 1 to 5 and group 12, which has user 6 and, in a circle, group 11.
    init() throws {
        world = try TestDatabase()
        database = world.database
        for number in 1...6 as ClosedRange<UInt64> {
            try database.users.insert(Sample.user(number))
        }
        for number in 11...12 as ClosedRange<UInt64> {
            try database.groups.insert(Sample.group(number))
        }
        for (group, member) in [
            (11, 1), (11, 2), (11, 3), (11, 4), (11, 5), (11, 12), (12, 6), (12, 11),
        ] as [(UInt64, UInt64)] {
            try database.links.insert(from: Sample.id(group), .member, to: Sample.id(member))
        }
    }

    private func numbers(
        _ relation: Relation, _ id: UInt64, _ kinds: [DirectoryKind], after: String? = nil,
        limit: Int = 10
    ) throws -> [UInt64] {
        try database.reader.related(
            relation, of: Sample.id(id), kinds: kinds, after: after, limit: limit
        ).map(\.object.id.low)
    }

    @Test func membersOfAllKindsComeInPages() throws {
        let first = try numbers(members, 11, [.user, .group], limit: 4)
        #expect(first == [1, 2, 3, 4])
        let rest = try numbers(
            members, 11, [.user, .group], after: Sample.id(4).description)
        #expect(rest == [5, 12])
        #expect(try numbers(members, 11, [.group]) == [12])
        #expect(
            try database.reader.countRelated(members, of: Sample.id(11), kinds: [.user]) == 5)
    }

    @Test func groupsInGroupsAreFollowedOnceAround() throws {
        let transitive = Relation("member", .forward, [.user, .group], isTransitive: true)
        #expect(try numbers(transitive, 11, [.user]) == [1, 2, 3, 4, 5, 6])
        let back = Relation("member", .backward, [.group], isTransitive: true)
        #expect(try numbers(back, 6, [.group]) == [11, 12])
        try database.connection.run(
            "UPDATE groups SET deleted = 1 WHERE id = ?1", .text(Sample.id(12).description))
        #expect(try numbers(transitive, 11, [.user]) == [1, 2, 3, 4, 5])
    }

    @Test func farEndsOfOneKindAreFilteredAsLists() throws {
        let query = ListQuery(
            filter: .compare("displayName", .equal, .string("USER 3")), limit: 10)
        let found = try database.reader.related(
            members, of: Sample.id(11), kind: .user, query)
        #expect(found.map(\.object.id.low) == [3])
        #expect(
            try database.reader.countRelated(
                members, of: Sample.id(12), kind: .user, query.filter) == 0)
        #expect(try numbers(memberOf, 3, [.group]) == [11])
    }

    /// A page goes through the links behind its place, not through a table.
    @Test func aPageOfMembersScansNothing() throws {
        let statement =
            "EXPLAIN QUERY PLAN "
            + database.reader.page(
                members, of: Sample.id(11), kinds: [.user], after: "x", limit: 100)
        let plan = try database.connection.rows(statement.sql, statement.values) {
            (row) throws(StorageError) in row.text(3) ?? ""
        }
        #expect(!plan.contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
    }
}
