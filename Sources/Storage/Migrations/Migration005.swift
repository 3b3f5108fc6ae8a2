// What testers plan: fault rules.

enum Migration005 {
    static let sql: SQL = """
        -- 'body' is the rule as JSON, 'hits' how often it was met.
        CREATE TABLE fault_rules (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
            hits INTEGER NOT NULL DEFAULT 0) STRICT;

        PRAGMA user_version = 5;
        """
}
