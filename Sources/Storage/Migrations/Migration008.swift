// The indexes of the built-in target's identifiers and display names in parts.

/// Neither come in an order, so that each new one would go to another page of a large directory's index.
enum Migration008 {
    static let sql: SQL = """
        DROP INDEX scim_resources_id;
        CREATE INDEX scim_resources_id ON scim_resources (directory, sequence >> 14, key(id));
        DROP INDEX scim_resources_display_name;
        CREATE INDEX scim_resources_display_name ON scim_resources (
            directory, sequence >> 14, key(display_name)) WHERE display_name IS NOT NULL;
        PRAGMA user_version = 8;
        """
}
