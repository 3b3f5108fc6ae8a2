// Every released version of the tables opens as today's, with all of its rows.

import Foundation
import Model
import Testing

@testable import Storage

struct MigrationsTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var path: String { directory.file("tenant.db") }

    private func prepare(_ statements: SQL...) throws {
        let connection = try Connection(path: path)
        for statement in statements { try connection.execute(statement) }
    }

    private func tables() throws -> [String?] {
        let connection = try Connection(path: path)
        return try connection.rows("SELECT name FROM sqlite_schema ORDER BY name", []) {
            (row) throws(StorageError) in row.text(0)
        }
    }

    // MARK: Version 1

    /// One row in each table, as version 1 wrote them.
    private static let version1Rows: SQL = """
        INSERT INTO tenant_values VALUES ('seed', 'demo');
        INSERT INTO applications (id, app_id, display_name, body) VALUES
            ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000a1', 'app',
             '{"id":"00000000-0000-0000-0000-000000000001","displayName":"App"}');
        INSERT INTO service_principals (id, app_id, display_name, service_principal_type,
            account_enabled, application_template_id, body) VALUES
            ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-0000000000a1', 'app',
             'application', 1, NULL,
             '{"id":"00000000-0000-0000-0000-000000000002","displayName":"App"}');
        INSERT INTO users (id, user_principal_name, display_name, account_enabled, body) VALUES
            ('00000000-0000-0000-0000-000000000003', 'a@example.com', 'a', 1,
             '{"id":"00000000-0000-0000-0000-000000000003"}');
        INSERT INTO groups (id, display_name, body) VALUES
            ('00000000-0000-0000-0000-000000000004', 'g',
             '{"id":"00000000-0000-0000-0000-000000000004"}');
        INSERT INTO links VALUES ('00000000-0000-0000-0000-000000000004', 'member',
            '00000000-0000-0000-0000-000000000003');
        INSERT INTO app_role_assignments (id, principal_id, resource_id, app_role_id, created)
            VALUES ('00000000-0000-0000-0000-000000000005', '00000000-0000-0000-0000-000000000004',
             '00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000000', 7);
        INSERT INTO directory_objects (service_principal_id, directory, object_type, id, body)
            VALUES ('00000000-0000-0000-0000-000000000002', 'Workday', 'Worker', '1', '{}');
        INSERT INTO jobs (id, service_principal_id, template_id, body, schema, watermark) VALUES
            ('scim.1', '00000000-0000-0000-0000-000000000002', 'scim',
             '{"id":"scim.1","templateId":"scim",
               "schedule":{"expiration":null,"interval":"PT40M","state":"Active"},
               "status":{"code":"Active","steadyStateFirstAchievedTime":"0001-01-01T00:00:00Z",
                 "steadyStateLastAchievedTime":"0001-01-01T00:00:00Z"},
               "synchronizationJobSettings":[]}', '{"version":"v1.2"}', 3);
        INSERT INTO secrets (service_principal_id, key, value) VALUES
            ('00000000-0000-0000-0000-000000000002', 'SecretToken', 's3cret');
        INSERT INTO agenda (due, kind, subject) VALUES (9, 'cycle', 'scim.1');
        """

    @Test func version1OpensWithAllOfItsRows() throws {
        try prepare(Migration001.sql, MigrationsTests.version1Rows)
        let database = try Database(path: path)
        let owner = GUID(high: 0, low: 2)

        #expect(try database.values.load("seed") == "demo")
        #expect(try database.applications.load(id: GUID(high: 0, low: 1)) != nil)
        #expect(try database.servicePrincipals.load(id: owner)?.json["displayName"] == "App")
        #expect(try database.servicePrincipals.load(appID: GUID(high: 0, low: 0xA1)) != nil)
        #expect(try database.users.count() == 1)
        #expect(try database.groups.count() == 1)
        let scope = AppRoleAssignmentTable.Scope(
            resource: owner, activeOnly: true, changedAfter: nil)
        #expect(try database.assignments.countUsers(scope) == 1)
        let workers = DirectoryName.application(servicePrincipal: owner, name: "Workday")
        #expect(try database.changes.countObjects(in: workers, objectType: "Worker") == 1)
        #expect(try database.changes.latest() == 4)

        let stored = try #require(try database.jobs.load(id: "scim.1"))
        #expect(stored.servicePrincipal == owner)
        #expect(stored.watermark == 3)
        #expect(stored.hasOwnSchema)
        #expect(stored.job.schedule.state == .active)
        #expect(try database.jobs.loadSchema(id: "scim.1")?.version == "v1.2")
        #expect(
            try database.secrets.list(of: owner) == [
                SynchronizationSecret(key: "SecretToken", value: "s3cret")
            ])
        #expect(
            try database.agenda.next()
                == AgendaItem(due: Timestamp(ticks: 9), kind: .cycle, subject: "scim.1"))
    }

    /// Whatever was released first, today's tables are the same as a new database's.
    @Test func version1BecomesWhatANewDatabaseIs() throws {
        try prepare(Migration001.sql)
        _ = try Database(path: path)
        let migrated = try schema()
        try FileManager.default.removeItem(atPath: path)
        _ = try Database(path: path)
        #expect(try schema() == migrated)
        #expect(migrated.count > 20)
    }

    private func schema() throws -> [[String?]] {
        let connection = try Connection(path: path)
        return try connection.rows("SELECT name, tbl_name, sql FROM sqlite_schema ORDER BY 1", []) {
            (row) throws(StorageError) in [row.text(0), row.text(1), row.text(2)]
        }
    }

    // MARK: Version 5

    /// What a cycle left, as version 5 wrote it; each identifier at two places, so that a key alone
    /// finds too much.
    private static let version5Rows: SQL = """
        INSERT INTO connections (job_id, object_type, source_anchor, target_type, target_anchor,
            display_name, is_managed, knows_references, exported) VALUES
            ('a', 'User', 's1', 'urn:User', 't1', 'Ada', 1, 1, '{}'),
            ('a', 'Group', 's1', 'urn:Group', 't1', 'Sales', 1, 0, '{"a":1}'),
            ('b', 'User', 's1', 'urn:User', 't2', 'Ada', 0, 1, '{}');
        INSERT INTO exported_references VALUES ('a', 's1', 'members', 's2', 't2'),
            ('a', 's1', 'members', 's3', ''), ('b', 's1', 'members', 's2', 't9');
        INSERT INTO provisioning_logs (id, activity, job_id, cycle_id, change_id, action, status,
            service_principal_id, source_id, target_id, body) VALUES
            ('l1', 1, 'a', 'c', 'd', 'create', 'success', 'p', 's1', 't1', '{"id":"l1"}'),
            ('l2', 2, 'b', 'c', 'd', 'create', 'success', 'p', 's1', 't1', '{"id":"l2"}');
        INSERT INTO provisioning_logs (sequence, id, activity, job_id, cycle_id, change_id, action,
            status, service_principal_id, source_id, target_id, body) VALUES
            (40000, 'l3', 3, 'a', 'c', 'd', 'create', 'success', 'p', 's1', 't1', '{"id":"l3"}');
        INSERT INTO scim_directories (key, service_principal_id, behaviours) VALUES (1, 'p', '');
        INSERT INTO scim_resources (sequence, directory, type, id, user_name, external_id,
            display_name, created, modified, version, body) VALUES
            (7, 1, 0, 'u1', 'ada', 'E1', 'ada l', 'c', 'm', 3, '{"id":"u1"}'),
            (8, 1, 1, 'g1', NULL, NULL, 'sales', 'c', 'm', 1, '{"id":"g1"}'),
            (9, 2, 0, 'u1', 'ada', 'E1', 'ada l', 'c', 'm', 1, '{"id":"u1"}'),
            (40000, 1, 0, 'u2', 'bea', 'E2', 'ada l', 'c', 'm', 1, '{"id":"u2"}');
        INSERT INTO scim_members (group_sequence, member, body) VALUES (8, 'u1', '{"value":"u1"}');
        """

    @Test func version5OpensWithWhatItsCyclesLeft() throws {
        try prepare(
            Migration001.sql, Migration002.sql, Migration003.sql, Migration004.sql,
            Migration005.sql, MigrationsTests.version5Rows)
        let database = try Database(path: path)

        let links = database.connections
        let group = try #require(
            try links.load(job: "a", objectType: "Group", sourceAnchor: "s1"))
        #expect(group.displayName == "Sales" && group.exported == #"{"a":1}"#)
        #expect(!group.knowsReferences)
        #expect(try links.find(job: "b", anchor: "t2")?.objectType == "User")
        #expect(try links.find(job: "b", anchor: "t1") == nil)
        #expect(try links.count(job: "a") == 2)
        let held = try database.exportedReferences.list(
            job: "a", source: "s1", attribute: "members")
        #expect(held == [ReferenceRow(source: "s2", target: "t2")])
        try links.delete(job: "a", objectType: "User", sourceAnchor: "s1")
        #expect(try links.count(job: "a") == 1 && links.count(job: "b") == 1)
        #expect(
            try database.connection.count("SELECT count(*) FROM exported_references") == 1)

        let resources = database.scimResources
        let user = try #require(try resources.load(id: "u1", type: .user, directory: 1))
        #expect(user.sequence == 7 && user.version == 3)
        for (attribute, value): (SCIMIndexedAttribute, String) in [
            (.id, "u1"), (.userName, "Ada"), (.externalId, "E1"), (.displayName, "Ada L"),
        ] {
            let found = try resources.find(
                attribute, value, type: .user, directory: 1, limit: 5)
            #expect(
                found.map(\.sequence) == (attribute == .displayName ? [7, 40_000] : [7]),
                "\(attribute)")
        }
        #expect(try resources.load(id: "u2", type: .user, directory: 1)?.sequence == 40_000)
        let groups = try resources.find(.member, "u1", type: .group, directory: 1, limit: 5)
        #expect(groups.map(\.id) == ["g1"])
        let members = [SCIMMember(value: "u1", json: #"{"value":"u1"}"#, type: .user)]
        #expect(try database.scimMembers.list(group: 8, directory: 1) == members)
        try resources.delete(user)
        #expect(try database.scimMembers.list(group: 8, directory: 1).isEmpty)
        #expect(try resources.load(id: "u1", type: .user, directory: 2) != nil)
    }

    @Test func version5OpensWithItsLog() throws {
        try prepare(
            Migration001.sql, Migration002.sql, Migration003.sql, Migration004.sql,
            Migration005.sql, MigrationsTests.version5Rows)
        let database = try Database(path: path)
        func ids(_ property: String, _ value: String) throws -> [String?] {
            let query = ListQuery(
                filter: .compare(
                    FilterOperand(
                        path: FilterPath(
                            names: property.split(separator: "/").map(String.init),
                            kind: .string)), .equal, .string(value)), limit: 10)
            return try database.records.list(.provisioningLogs, query).map {
                $0.json["id"]?.string
            }
        }
        #expect(try ids("jobId", "a") == ["l1", "l3"])
        #expect(try ids("sourceIdentity/id", "s1") == ["l1", "l2", "l3"])
        #expect(try ids("sourceIdentity/id", "S1") == [])
    }

    // MARK: Versions

    @Test func everyMigrationSetsItsVersion() throws {
        let connection = try Connection(path: path)
        for (index, migration) in Migrations.all.enumerated() {
            try connection.execute(migration)
            #expect(try connection.count("PRAGMA user_version") == Int64(index + 1))
        }
    }

    @Test func aNewerVersionIsToldAndLeftAlone() throws {
        do { _ = try Database(path: path) }
        let known = Migrations.all.count
        try prepare("PRAGMA user_version = 1000")
        #expect(throws: StorageError.newerSchema(path: path, found: 1_000, known: known)) {
            try Database(path: path)
        }
        let connection = try Connection(path: path)
        #expect(try connection.count("PRAGMA user_version") == 1_000)
    }

    /// A version that no program of ours writes: another program's file, or a damaged one.
    @Test func aNegativeVersionIsRefused() async {
        await #expect(processExitsWith: .success) {
            let directory = try TemporaryDirectory()
            let path = directory.file("tenant.db")
            do {
                let connection = try Connection(path: path)
                try connection.execute("PRAGMA user_version = -1")
            }
            #expect(throws: StorageError.self) { try Database(path: path) }
        }
    }

    @Test func aMigrationThatFailsLeavesTheFileAsItWas() throws {
        // Another program's table in the way of ours.
        try prepare("CREATE TABLE jobs (x)")
        let error = #expect(throws: StorageError.self) {
            try Database(path: path)
        }
        guard case .statement(_, let message, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message == "table jobs already exists")
        #expect(try tables() == ["jobs"])
    }
}
