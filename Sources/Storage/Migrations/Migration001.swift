// The first tables: directory, jobs, secrets, agenda and change feed.

/// Text columns that filters look at hold the value in lower case, because the directory compares
/// without case; `body` holds it as written.
enum Migration001 {
    static let sql: SQL = """
        CREATE TABLE tenant_values (name TEXT PRIMARY KEY, value TEXT NOT NULL)
            STRICT, WITHOUT ROWID;

        CREATE TABLE applications (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, app_id TEXT NOT NULL UNIQUE,
            display_name TEXT, body TEXT NOT NULL) STRICT;

        CREATE TABLE service_principals (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, app_id TEXT NOT NULL UNIQUE,
            display_name TEXT, service_principal_type TEXT, account_enabled INTEGER,
            application_template_id TEXT, body TEXT NOT NULL) STRICT;
        CREATE INDEX service_principals_display_name ON service_principals (display_name);

        CREATE TABLE users (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
            user_principal_name TEXT NOT NULL UNIQUE, display_name TEXT,
            account_enabled INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX users_display_name ON users (display_name);

        CREATE TABLE groups (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, display_name TEXT,
            body TEXT NOT NULL) STRICT;
        CREATE INDEX groups_display_name ON groups (display_name);

        CREATE TABLE links (
            source_id TEXT NOT NULL, name TEXT NOT NULL, target_id TEXT NOT NULL,
            PRIMARY KEY (source_id, name, target_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX links_target ON links (target_id, name);

        CREATE TABLE app_role_assignments (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, principal_id TEXT NOT NULL,
            resource_id TEXT NOT NULL, app_role_id TEXT NOT NULL, created INTEGER NOT NULL,
            UNIQUE (resource_id, principal_id, app_role_id)) STRICT;
        CREATE INDEX app_role_assignments_principal ON app_role_assignments (principal_id);

        CREATE TABLE directory_objects (
            sequence INTEGER PRIMARY KEY, service_principal_id TEXT NOT NULL,
            directory TEXT NOT NULL, object_type TEXT NOT NULL, id TEXT NOT NULL,
            body TEXT NOT NULL,
            UNIQUE (service_principal_id, directory, object_type, id)) STRICT;

        -- The feed of a directory: '' is the tenant's own, else '<service principal>/<directory>'.
        CREATE TABLE changes (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, directory TEXT NOT NULL,
            object_type TEXT NOT NULL, object_id TEXT NOT NULL,
            is_reference INTEGER NOT NULL) STRICT;
        CREATE INDEX changes_feed ON changes (directory, object_type, sequence);

        CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'User', new.id, 0); END;
        CREATE TRIGGER users_updated AFTER UPDATE ON users BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'User', new.id, 0); END;
        CREATE TRIGGER users_deleted AFTER DELETE ON users BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'User', old.id, 0); END;
        CREATE TRIGGER groups_inserted AFTER INSERT ON groups BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'Group', new.id, 0); END;
        CREATE TRIGGER groups_updated AFTER UPDATE ON groups BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'Group', new.id, 0); END;
        CREATE TRIGGER groups_deleted AFTER DELETE ON groups BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'Group', old.id, 0); END;
        CREATE TRIGGER links_inserted AFTER INSERT ON links BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', CASE new.name WHEN 'member' THEN 'Group' ELSE 'User' END,
                new.source_id, 1); END;
        CREATE TRIGGER links_deleted AFTER DELETE ON links BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', CASE old.name WHEN 'member' THEN 'Group' ELSE 'User' END,
                old.source_id, 1); END;
        CREATE TRIGGER directory_objects_inserted AFTER INSERT ON directory_objects BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES (new.service_principal_id || '/' || new.directory, new.object_type, new.id, 0);
        END;
        CREATE TRIGGER directory_objects_updated AFTER UPDATE ON directory_objects BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES (new.service_principal_id || '/' || new.directory, new.object_type, new.id, 0);
        END;
        CREATE TRIGGER directory_objects_deleted AFTER DELETE ON directory_objects BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES (old.service_principal_id || '/' || old.directory, old.object_type, old.id, 0);
        END;

        CREATE TABLE jobs (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
            service_principal_id TEXT NOT NULL, template_id TEXT NOT NULL, body TEXT NOT NULL,
            schema TEXT, watermark INTEGER) STRICT;
        CREATE INDEX jobs_service_principal ON jobs (service_principal_id);

        CREATE TABLE secrets (
            sequence INTEGER PRIMARY KEY, service_principal_id TEXT NOT NULL, key TEXT NOT NULL,
            value TEXT NOT NULL, UNIQUE (service_principal_id, key)) STRICT;

        CREATE TABLE agenda (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, kind TEXT NOT NULL,
            subject TEXT NOT NULL, UNIQUE (kind, subject)) STRICT;
        CREATE INDEX agenda_due ON agenda (due, sequence);

        PRAGMA user_version = 1;
        """
}
