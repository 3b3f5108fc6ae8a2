// Resources of the built-in SCIM target.

enum Migration004 {
    static let sql: SQL = """
        PRAGMA user_version = 4;
        """
}
