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
