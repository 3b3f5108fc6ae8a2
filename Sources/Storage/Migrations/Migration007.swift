// Indexes over keys of texts in the place of the texts, so that those of large directories are small.

/// Whoever inserts where there was a constraint looks first; the function `key` is ``TextKey``.
///
/// Indexes that begin with `sequence >> 14` have a part for each 16,384 rows: rows are added to the
/// last one only, and whoever looks asks for all parts (``RowParts``).
enum Migration007 {
    static let sql: SQL =
        connections + exportedReferences + provisioningLogs + resources + members
        + "PRAGMA user_version = 7;"

    private static let connections: SQL = """
        CREATE TABLE keyed (
            sequence INTEGER PRIMARY KEY, job_id TEXT NOT NULL, object_type TEXT NOT NULL,
            source_anchor TEXT NOT NULL, target_type TEXT NOT NULL, target_anchor TEXT NOT NULL,
            display_name TEXT, is_managed INTEGER NOT NULL, knows_references INTEGER NOT NULL,
            exported TEXT NOT NULL) STRICT;
        INSERT INTO keyed SELECT sequence, job_id, object_type, source_anchor, target_type,
            target_anchor, display_name, is_managed, knows_references, exported
            FROM connections ORDER BY sequence;
        DROP TABLE connections;
        ALTER TABLE keyed RENAME TO connections;
        CREATE INDEX connections_source ON connections (key(job_id, source_anchor));
        CREATE INDEX connections_target ON connections (
            sequence >> 14, key(job_id, target_anchor));

        """

    private static let exportedReferences: SQL = """
        -- 'source_key' is that of the job and the source.
        CREATE TABLE keyed (
            source_key INTEGER NOT NULL, reference_anchor TEXT NOT NULL, attribute TEXT NOT NULL,
            job_id TEXT NOT NULL, source_anchor TEXT NOT NULL, target_anchor TEXT NOT NULL,
            PRIMARY KEY (source_key, reference_anchor, attribute, job_id, source_anchor))
            STRICT, WITHOUT ROWID;
        INSERT INTO keyed SELECT key(job_id, source_anchor), reference_anchor, attribute, job_id,
            source_anchor, target_anchor FROM exported_references ORDER BY 1, 2, 3, 4, 5;
        DROP TABLE exported_references;
        ALTER TABLE keyed RENAME TO exported_references;
        CREATE INDEX exported_references_pending ON exported_references (job_id)
            WHERE target_anchor = '';

        """

    private static let provisioningLogs: SQL = """
        DROP INDEX provisioning_logs_job;
        DROP INDEX provisioning_logs_source;
        CREATE INDEX provisioning_logs_job ON provisioning_logs (key(job_id));
        CREATE INDEX provisioning_logs_source ON provisioning_logs (
            sequence >> 14, key(source_id));

        """

    private static let resources: SQL = """
        DROP TRIGGER scim_resources_deleted;
        CREATE TABLE keyed (
            sequence INTEGER PRIMARY KEY, directory INTEGER NOT NULL, type INTEGER NOT NULL,
            id TEXT NOT NULL, user_name TEXT, external_id TEXT, display_name TEXT,
            created TEXT NOT NULL, modified TEXT NOT NULL, version INTEGER NOT NULL,
            body TEXT NOT NULL) STRICT;
        INSERT INTO keyed SELECT sequence, directory, type, id, user_name, external_id,
            display_name, created, modified, version, body FROM scim_resources ORDER BY sequence;
        DROP TABLE scim_resources;
        ALTER TABLE keyed RENAME TO scim_resources;
        CREATE INDEX scim_resources_order ON scim_resources (directory, type);
        CREATE INDEX scim_resources_id ON scim_resources (directory, key(id));
        CREATE INDEX scim_resources_user_name ON scim_resources (directory, key(user_name))
            WHERE user_name IS NOT NULL;
        CREATE INDEX scim_resources_external_id ON scim_resources (directory, key(external_id))
            WHERE external_id IS NOT NULL;
        CREATE INDEX scim_resources_display_name ON scim_resources (directory, key(display_name))
            WHERE display_name IS NOT NULL;

        """

    private static let members: SQL = """
        CREATE TABLE keyed (
            sequence INTEGER PRIMARY KEY, group_sequence INTEGER NOT NULL, member TEXT NOT NULL,
            body TEXT) STRICT;
        INSERT INTO keyed SELECT sequence, group_sequence, member, body FROM scim_members
            ORDER BY sequence;
        DROP TABLE scim_members;
        ALTER TABLE keyed RENAME TO scim_members;
        CREATE INDEX scim_members_group ON scim_members (group_sequence);
        CREATE INDEX scim_members_member ON scim_members (key(member), group_sequence);

        CREATE TRIGGER scim_resources_deleted AFTER DELETE ON scim_resources BEGIN
            DELETE FROM scim_members WHERE group_sequence = old.sequence;
            DELETE FROM scim_members WHERE key(member) = key(old.id) AND +member = old.id
                AND group_sequence IN (
                SELECT m.group_sequence FROM scim_members m
                JOIN scim_resources g ON g.sequence = m.group_sequence
                WHERE key(m.member) = key(old.id) AND +m.member = old.id
                    AND g.directory = old.directory);
        END;

        """
}
