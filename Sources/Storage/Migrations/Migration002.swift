// Neighbours of the synchronization tree: what lists sort and filter by, deletions, extensions.

/// Columns made from `body` follow it by themselves; `fold` and `ticks` are functions of ours.
///
/// A row whose `deleted` is set is in the recycle bin: lists, counts and loads leave it out.
enum Migration002 {
    static let sql: SQL = """
        ALTER TABLE users ADD COLUMN deleted INTEGER;
        ALTER TABLE users ADD COLUMN mail ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.mail'))) VIRTUAL;
        ALTER TABLE users ADD COLUMN mail_nickname ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.mailNickname'))) VIRTUAL;
        ALTER TABLE users ADD COLUMN employee_id ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.employeeId'))) VIRTUAL;
        ALTER TABLE users ADD COLUMN given_name ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.givenName'))) VIRTUAL;
        ALTER TABLE users ADD COLUMN surname ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.surname'))) VIRTUAL;
        ALTER TABLE users ADD COLUMN department ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.department'))) VIRTUAL;
        ALTER TABLE users ADD COLUMN user_type ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.userType'))) VIRTUAL;
        ALTER TABLE users ADD COLUMN on_premises_immutable_id ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.onPremisesImmutableId'))) VIRTUAL;
        ALTER TABLE users ADD COLUMN created ANY
            GENERATED ALWAYS AS (ticks(json_extract(body, '$.createdDateTime'))) VIRTUAL;
        CREATE INDEX users_deleted ON users (deleted) WHERE deleted IS NOT NULL;
        CREATE INDEX users_account_enabled ON users (account_enabled);
        CREATE INDEX users_mail ON users (mail);
        CREATE INDEX users_mail_nickname ON users (mail_nickname);
        CREATE INDEX users_employee_id ON users (employee_id);
        CREATE INDEX users_given_name ON users (given_name);
        CREATE INDEX users_surname ON users (surname);
        CREATE INDEX users_department ON users (department);
        CREATE INDEX users_user_type ON users (user_type);
        CREATE INDEX users_on_premises_immutable_id ON users (on_premises_immutable_id);
        CREATE INDEX users_created ON users (created);

        ALTER TABLE groups ADD COLUMN deleted INTEGER;
        ALTER TABLE groups ADD COLUMN mail ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.mail'))) VIRTUAL;
        ALTER TABLE groups ADD COLUMN mail_nickname ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.mailNickname'))) VIRTUAL;
        ALTER TABLE groups ADD COLUMN mail_enabled ANY
            GENERATED ALWAYS AS (json_extract(body, '$.mailEnabled')) VIRTUAL;
        ALTER TABLE groups ADD COLUMN security_enabled ANY
            GENERATED ALWAYS AS (json_extract(body, '$.securityEnabled')) VIRTUAL;
        ALTER TABLE groups ADD COLUMN created ANY
            GENERATED ALWAYS AS (ticks(json_extract(body, '$.createdDateTime'))) VIRTUAL;
        CREATE INDEX groups_deleted ON groups (deleted) WHERE deleted IS NOT NULL;
        CREATE INDEX groups_mail ON groups (mail);
        CREATE INDEX groups_mail_nickname ON groups (mail_nickname);
        CREATE INDEX groups_mail_enabled ON groups (mail_enabled);
        CREATE INDEX groups_security_enabled ON groups (security_enabled);
        CREATE INDEX groups_created ON groups (created);

        ALTER TABLE applications ADD COLUMN deleted INTEGER;
        ALTER TABLE applications ADD COLUMN unique_name ANY
            GENERATED ALWAYS AS (fold(json_extract(body, '$.uniqueName'))) VIRTUAL;
        ALTER TABLE applications ADD COLUMN created ANY
            GENERATED ALWAYS AS (ticks(json_extract(body, '$.createdDateTime'))) VIRTUAL;
        CREATE INDEX applications_deleted ON applications (deleted) WHERE deleted IS NOT NULL;
        CREATE INDEX applications_display_name ON applications (display_name);
        CREATE INDEX applications_unique_name ON applications (unique_name);
        CREATE INDEX applications_created ON applications (created);

        ALTER TABLE service_principals ADD COLUMN deleted INTEGER;
        ALTER TABLE service_principals ADD COLUMN created ANY
            GENERATED ALWAYS AS (ticks(json_extract(body, '$.createdDateTime'))) VIRTUAL;
        CREATE INDEX service_principals_deleted ON service_principals (deleted)
            WHERE deleted IS NOT NULL;
        CREATE INDEX service_principals_application_template
            ON service_principals (application_template_id);
        CREATE INDEX service_principals_created ON service_principals (created);

        CREATE INDEX app_role_assignments_resource ON app_role_assignments (resource_id);

        CREATE TABLE extension_properties (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, application_id TEXT NOT NULL,
            name TEXT NOT NULL UNIQUE, deleted INTEGER, body TEXT NOT NULL) STRICT;
        CREATE INDEX extension_properties_application ON extension_properties (application_id);

        -- Secret texts apart from the bodies, which are shown.
        CREATE TABLE password_credentials (
            key_id TEXT PRIMARY KEY, owner_id TEXT NOT NULL, secret TEXT NOT NULL,
            starts INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX password_credentials_owner ON password_credentials (owner_id);

        -- How many live rows a table has, so that counting costs the same whatever the number.
        CREATE TABLE tallies (name TEXT PRIMARY KEY, count INTEGER NOT NULL)
            STRICT, WITHOUT ROWID;
        INSERT INTO tallies VALUES
            ('users', (SELECT count(*) FROM users)), ('groups', (SELECT count(*) FROM groups)),
            ('applications', (SELECT count(*) FROM applications)),
            ('service_principals', (SELECT count(*) FROM service_principals));

        -- What changed: the properties of an object, or a link by its name and far end.
        ALTER TABLE changes ADD COLUMN properties TEXT;
        ALTER TABLE changes ADD COLUMN link TEXT;
        ALTER TABLE changes ADD COLUMN target_id TEXT;
        ALTER TABLE changes ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0;

        """ + users + groups + applications + servicePrincipals + links + """

            PRAGMA user_version = 2;
            """
}

// MARK: What rows leave behind when they change

extension Migration002 {
    private static let users: SQL = """
        DROP TRIGGER users_updated;
        CREATE TRIGGER users_updated AFTER UPDATE ON users BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference, properties)
            VALUES ('', 'User', new.id, 0, (SELECT group_concat(key) FROM json_each(new.body) AS n
                WHERE n.value IS NOT json_extract(old.body, n.fullkey))); END;
        CREATE TRIGGER users_tally_inserted AFTER INSERT ON users WHEN new.deleted IS NULL BEGIN
            UPDATE tallies SET count = count + 1 WHERE name = 'users'; END;
        CREATE TRIGGER users_tally_updated AFTER UPDATE OF deleted ON users BEGIN
            UPDATE tallies SET count = count + (new.deleted IS NULL) - (old.deleted IS NULL)
            WHERE name = 'users'; END;
        CREATE TRIGGER users_tally_deleted AFTER DELETE ON users WHEN old.deleted IS NULL BEGIN
            UPDATE tallies SET count = count - 1 WHERE name = 'users'; END;

        """

    private static let groups: SQL = """
        DROP TRIGGER groups_updated;
        CREATE TRIGGER groups_updated AFTER UPDATE ON groups BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference, properties)
            VALUES ('', 'Group', new.id, 0, (SELECT group_concat(key) FROM json_each(new.body) AS n
                WHERE n.value IS NOT json_extract(old.body, n.fullkey))); END;
        CREATE TRIGGER groups_tally_inserted AFTER INSERT ON groups WHEN new.deleted IS NULL BEGIN
            UPDATE tallies SET count = count + 1 WHERE name = 'groups'; END;
        CREATE TRIGGER groups_tally_updated AFTER UPDATE OF deleted ON groups BEGIN
            UPDATE tallies SET count = count + (new.deleted IS NULL) - (old.deleted IS NULL)
            WHERE name = 'groups'; END;
        CREATE TRIGGER groups_tally_deleted AFTER DELETE ON groups WHEN old.deleted IS NULL BEGIN
            UPDATE tallies SET count = count - 1 WHERE name = 'groups'; END;

        """

    private static let applications: SQL = """
        CREATE TRIGGER applications_inserted AFTER INSERT ON applications BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'Application', new.id, 0);
            UPDATE tallies SET count = count + (new.deleted IS NULL)
            WHERE name = 'applications'; END;
        CREATE TRIGGER applications_updated AFTER UPDATE ON applications
        WHEN old.body IS NOT new.body OR old.deleted IS NOT new.deleted BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference, properties)
            VALUES ('', 'Application', new.id, 0,
                (SELECT group_concat(key) FROM json_each(new.body) AS n
                WHERE n.value IS NOT json_extract(old.body, n.fullkey)));
            UPDATE tallies SET count = count + (new.deleted IS NULL) - (old.deleted IS NULL)
            WHERE name = 'applications'; END;
        CREATE TRIGGER applications_deleted AFTER DELETE ON applications BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'Application', old.id, 0);
            UPDATE tallies SET count = count - (old.deleted IS NULL)
            WHERE name = 'applications'; END;

        """

    private static let servicePrincipals: SQL = """
        CREATE TRIGGER service_principals_inserted AFTER INSERT ON service_principals BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'ServicePrincipal', new.id, 0);
            UPDATE tallies SET count = count + (new.deleted IS NULL)
            WHERE name = 'service_principals'; END;
        CREATE TRIGGER service_principals_updated AFTER UPDATE ON service_principals
        WHEN old.body IS NOT new.body OR old.deleted IS NOT new.deleted BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference, properties)
            VALUES ('', 'ServicePrincipal', new.id, 0,
                (SELECT group_concat(key) FROM json_each(new.body) AS n
                WHERE n.value IS NOT json_extract(old.body, n.fullkey)));
            UPDATE tallies SET count = count + (new.deleted IS NULL) - (old.deleted IS NULL)
            WHERE name = 'service_principals'; END;
        CREATE TRIGGER service_principals_deleted AFTER DELETE ON service_principals BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('', 'ServicePrincipal', old.id, 0);
            UPDATE tallies SET count = count - (old.deleted IS NULL)
            WHERE name = 'service_principals'; END;

        """

    private static let links: SQL = """
        DROP TRIGGER links_inserted;
        DROP TRIGGER links_deleted;
        CREATE TRIGGER links_inserted AFTER INSERT ON links BEGIN
            INSERT INTO changes
                (directory, object_type, object_id, is_reference, link, target_id, is_removed)
            VALUES ('', CASE WHEN new.name = 'member' THEN 'Group'
                WHEN new.name = 'manager' THEN 'User'
                WHEN EXISTS (SELECT 1 FROM groups WHERE id = new.source_id) THEN 'Group'
                WHEN EXISTS (SELECT 1 FROM applications WHERE id = new.source_id)
                THEN 'Application' ELSE 'ServicePrincipal' END,
                new.source_id, 1, new.name, new.target_id, 0); END;
        CREATE TRIGGER links_deleted AFTER DELETE ON links BEGIN
            INSERT INTO changes
                (directory, object_type, object_id, is_reference, link, target_id, is_removed)
            VALUES ('', CASE WHEN old.name = 'member' THEN 'Group'
                WHEN old.name = 'manager' THEN 'User'
                WHEN EXISTS (SELECT 1 FROM groups WHERE id = old.source_id) THEN 'Group'
                WHEN EXISTS (SELECT 1 FROM applications WHERE id = old.source_id)
                THEN 'Application' ELSE 'ServicePrincipal' END,
                old.source_id, 1, old.name, old.target_id, 1); END;

        """
}
