// What cycles remember and tell: connections, references, escrows, work in hand, logs.

/// The feed of changes gains two kinds of directories: `assignments/<service principal>` tells whose
/// assignment changed, `members/<group>` whose membership of a group did.
enum Migration003 {
    static let sql: SQL = """
        CREATE TABLE connections (
            sequence INTEGER PRIMARY KEY, job_id TEXT NOT NULL, object_type TEXT NOT NULL,
            source_anchor TEXT NOT NULL, target_type TEXT NOT NULL, target_anchor TEXT NOT NULL,
            display_name TEXT, is_managed INTEGER NOT NULL, knows_references INTEGER NOT NULL,
            exported TEXT NOT NULL,
            UNIQUE (job_id, source_anchor, object_type)) STRICT;
        CREATE INDEX connections_target ON connections (job_id, target_anchor);

        -- References that the target is known to hold, as anchors of the source.
        CREATE TABLE exported_references (
            job_id TEXT NOT NULL, source_anchor TEXT NOT NULL, attribute TEXT NOT NULL,
            reference_anchor TEXT NOT NULL, target_anchor TEXT NOT NULL,
            PRIMARY KEY (job_id, source_anchor, attribute, reference_anchor))
            STRICT, WITHOUT ROWID;

        CREATE TABLE escrows (
            job_id TEXT NOT NULL, object_type TEXT NOT NULL, source_anchor TEXT NOT NULL,
            first_failed INTEGER NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL,
            is_reference INTEGER NOT NULL, is_staged_delete INTEGER NOT NULL, code TEXT NOT NULL,
            PRIMARY KEY (job_id, object_type, source_anchor)) STRICT, WITHOUT ROWID;
        CREATE INDEX escrows_due ON escrows (job_id, due);

        -- What an incremental cycle has to look at, in order.
        CREATE TABLE cycle_work (
            sequence INTEGER PRIMARY KEY, job_id TEXT NOT NULL, object_type TEXT NOT NULL,
            object_id TEXT NOT NULL, is_reference INTEGER NOT NULL,
            UNIQUE (job_id, object_type, object_id)) STRICT;

        CREATE TABLE job_memories (job_id TEXT PRIMARY KEY, body TEXT NOT NULL)
            STRICT, WITHOUT ROWID;

        CREATE TABLE provisioning_logs (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, activity INTEGER NOT NULL,
            job_id TEXT NOT NULL, cycle_id TEXT NOT NULL, change_id TEXT NOT NULL,
            action TEXT NOT NULL, status TEXT NOT NULL, service_principal_id TEXT NOT NULL,
            source_id TEXT NOT NULL, target_id TEXT NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX provisioning_logs_activity ON provisioning_logs (activity);
        CREATE INDEX provisioning_logs_job ON provisioning_logs (job_id);
        CREATE INDEX provisioning_logs_source ON provisioning_logs (source_id);

        -- Attributes of users and groups that Graph has no property for.
        CREATE TABLE synchronized_values (
            object_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (object_id, name)) STRICT, WITHOUT ROWID;
        CREATE INDEX synchronized_values_anchor ON synchronized_values (value)
            WHERE name = 'sourceAnchorBinary';
        CREATE TRIGGER users_values_deleted AFTER DELETE ON users BEGIN
            DELETE FROM synchronized_values WHERE object_id = old.id; END;
        CREATE TRIGGER groups_values_deleted AFTER DELETE ON groups BEGIN
            DELETE FROM synchronized_values WHERE object_id = old.id; END;

        CREATE INDEX directory_objects_distinguished_name ON directory_objects (
            fold(json_extract(body, '$.distinguishedName')))
            WHERE json_extract(body, '$.distinguishedName') IS NOT NULL;

        CREATE TRIGGER assignments_inserted AFTER INSERT ON app_role_assignments BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('assignments/' || new.resource_id, '', new.principal_id, 0); END;
        CREATE TRIGGER assignments_deleted AFTER DELETE ON app_role_assignments BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('assignments/' || old.resource_id, '', old.principal_id, 0); END;
        CREATE TRIGGER members_inserted AFTER INSERT ON links WHEN new.name = 'member' BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('members/' || new.source_id, '', new.target_id, 0); END;
        CREATE TRIGGER members_deleted AFTER DELETE ON links WHEN old.name = 'member' BEGIN
            INSERT INTO changes (directory, object_type, object_id, is_reference)
            VALUES ('members/' || old.source_id, '', old.target_id, 0); END;

        PRAGMA user_version = 3;
        """
}
