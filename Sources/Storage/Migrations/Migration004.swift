// Resources of the built-in SCIM target.

/// One directory for each service principal, with users and groups in one table.
///
/// What filters look up by equality has a column and an index; `user_name` and `display_name` hold the
/// value in lower case. Nothing here has a trigger into `changes`: a target is not the tenant's source.
enum Migration004 {
    static let sql: SQL = """
        CREATE TABLE scim_directories (
            key INTEGER PRIMARY KEY, service_principal_id TEXT NOT NULL UNIQUE,
            behaviours TEXT NOT NULL) STRICT;

        CREATE TABLE scim_resources (
            sequence INTEGER PRIMARY KEY, directory INTEGER NOT NULL, type INTEGER NOT NULL,
            id TEXT NOT NULL, user_name TEXT, external_id TEXT, display_name TEXT,
            created TEXT NOT NULL, modified TEXT NOT NULL, version INTEGER NOT NULL,
            body TEXT NOT NULL, UNIQUE (directory, type, id)) STRICT;
        CREATE INDEX scim_resources_order ON scim_resources (directory, type);
        CREATE INDEX scim_resources_user_name ON scim_resources (directory, type, user_name)
            WHERE user_name IS NOT NULL;
        CREATE INDEX scim_resources_external_id ON scim_resources (directory, type, external_id)
            WHERE external_id IS NOT NULL;
        CREATE INDEX scim_resources_display_name ON scim_resources (directory, type, display_name)
            WHERE display_name IS NOT NULL;

        CREATE TABLE scim_members (
            sequence INTEGER PRIMARY KEY, group_sequence INTEGER NOT NULL, member TEXT NOT NULL,
            body TEXT, UNIQUE (group_sequence, member)) STRICT;
        CREATE INDEX scim_members_member ON scim_members (member, group_sequence);

        CREATE TRIGGER scim_resources_deleted AFTER DELETE ON scim_resources BEGIN
            DELETE FROM scim_members WHERE group_sequence = old.sequence;
            DELETE FROM scim_members WHERE member = old.id AND group_sequence IN (
                SELECT m.group_sequence FROM scim_members m
                JOIN scim_resources g ON g.sequence = m.group_sequence
                WHERE m.member = old.id AND g.directory = old.directory);
        END;

        PRAGMA user_version = 4;
        """
}
