// Who is in the scope of an application, counted.

import Model
import Testing

@testable import Storage

struct AppRoleAssignmentTableTests {
    private let world: TestDatabase
    private var database: Database { world.database }
    private let resource = Sample.id(100)

    /// Users 1 to 6, of whom 2 and 5 are disabled, and groups 11 to 13.
    ///
    /// Group 11 has users 1, 2, 3 and group 12, which has
    /// users 4 and 5; group 13 is empty. Assigned are users 3 and 6 and groups 11 and 13; to another
    /// application user 4.
    init() throws {
        world = try TestDatabase()
        let database = world.database
        for number in 1...6 as ClosedRange<UInt64> {
            let isEnabled = number != 2 && number != 5
            try database.users.insert(Sample.user(number, enabled: .bool(isEnabled)))
        }
        for number in 11...13 as ClosedRange<UInt64> {
            try database.groups.insert(Sample.group(number))
        }
        for member in [1, 2, 3, 12] as [UInt64] {
            try database.links.insert(from: Sample.id(11), .member, to: Sample.id(member))
        }
        for member in [4, 5] as [UInt64] {
            try database.links.insert(from: Sample.id(12), .member, to: Sample.id(member))
        }
        for (index, principal) in ([3, 6, 11, 13] as [UInt64]).enumerated() {
            try database.assignments.insert(
                id: Sample.id(200 + UInt64(index)), principal: Sample.id(principal),
                resource: resource, role: .zero, created: .never)
        }
        try database.assignments.insert(
            id: Sample.id(300), principal: Sample.id(4), resource: Sample.id(101), role: .zero,
            created: .never)
    }

    private func users(
        _ resource: GUID?, activeOnly: Bool = false, changedAfter: Int64? = nil
    ) throws -> Int64 {
        try database.assignments.countUsers(
            AppRoleAssignmentTable.Scope(
                resource: resource, activeOnly: activeOnly, changedAfter: changedAfter))
    }

    private func groups(
        _ resource: GUID?, activeOnly: Bool = false, changedAfter: Int64? = nil
    ) throws -> Int64 {
        try database.assignments.countGroups(
            AppRoleAssignmentTable.Scope(
                resource: resource, activeOnly: activeOnly, changedAfter: changedAfter))
    }

    @Test func countsEverybody() throws {
        #expect(try users(nil) == 6)
        #expect(try users(nil, activeOnly: true) == 4)
        #expect(try groups(nil) == 3)
        #expect(try groups(nil, activeOnly: true) == 3)
    }

    /// Users 3 and 6, and of group 11 users 1, 2 and again 3; those of group 12 within it do not count.
    @Test func countsTheAssignedAndTheDirectMembersOfAssignedGroupsOnce() throws {
        #expect(try users(resource) == 4)
        #expect(try groups(resource) == 2)
    }

    @Test func leavesOutDisabledUsers() throws {
        #expect(try users(resource, activeOnly: true) == 3)
        #expect(try groups(resource, activeOnly: true) == 2)
    }

    @Test func keepsApplicationsApart() throws {
        #expect(try users(Sample.id(101)) == 1)
        #expect(try groups(Sample.id(101)) == 0)
        #expect(try users(Sample.id(102)) == 0)
        #expect(try groups(Sample.id(102)) == 0)
    }

    @Test func countsWhatChangedAfterTheWatermark() throws {
        let watermark = try database.changes.latest()
        #expect(try users(nil, changedAfter: watermark) == 0)
        #expect(try users(nil, changedAfter: 0) == 6)
        for number in [1, 2, 4] as [UInt64] {
            try database.connection.run(
                "UPDATE users SET display_name = 'x' WHERE id = ?1",
                .text(Sample.id(number).description))
        }
        try database.links.insert(from: Sample.id(12), .member, to: Sample.id(6))
        try database.links.insert(from: Sample.id(13), .member, to: Sample.id(6))
        #expect(try users(nil, changedAfter: watermark) == 3)
        #expect(try users(resource, changedAfter: watermark) == 2)
        #expect(try users(resource, activeOnly: true, changedAfter: watermark) == 1)
        #expect(try groups(nil, changedAfter: watermark) == 2)
        #expect(try groups(resource, changedAfter: watermark) == 1)
    }

    @Test func aManagerIsNoMember() throws {
        try database.links.insert(from: Sample.id(13), .manager, to: Sample.id(5))
        #expect(try users(resource) == 4)
    }

    @Test func aMemberOfAnotherDirectoryDoesNotCount() throws {
        try database.links.insert(from: Sample.id(11), .member, to: Sample.id(999))
        #expect(try users(resource) == 4)
    }

    @Test func theSameAssignmentIsMadeOnce() throws {
        func assign(_ id: UInt64, role: GUID, to resource: GUID) throws {
            try database.assignments.insert(
                id: Sample.id(id), principal: Sample.id(3), resource: resource, role: role,
                created: .never)
        }
        let error = #expect(throws: StorageError.self) {
            try assign(400, role: .zero, to: resource)
        }
        guard case .statement(let code, _, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(code & 0xFF == 19)
        #expect(throws: StorageError.self) { try assign(200, role: Sample.id(1), to: resource) }
        try assign(401, role: Sample.id(1), to: resource)
        try assign(402, role: .zero, to: Sample.id(102))
        #expect(try users(resource) == 4)
        #expect(try users(Sample.id(102)) == 1)
    }

    @Test func assignmentsAreKeptAsMade() throws {
        try database.assignments.insert(
            id: Sample.id(500), principal: Sample.id(1), resource: resource, role: Sample.id(7),
            created: .last)
        let rows = try world.rows(
            """
            SELECT id, principal_id, resource_id, app_role_id, created FROM app_role_assignments
            ORDER BY sequence DESC LIMIT 1
            """, columns: 5)
        #expect(
            rows == [
                [
                    Sample.id(500).description, Sample.id(1).description, resource.description,
                    Sample.id(7).description, "\(Timestamp.last.ticks)",
                ]
            ])
    }
}
