// What testers plan: fault rules; and what callers sign in with.

enum Migration005 {
    static let sql: SQL = """
        -- 'body' is the rule as JSON, 'hits' how often it was met.
        CREATE TABLE fault_rules (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
            hits INTEGER NOT NULL DEFAULT 0) STRICT;

        -- Client secrets of a seed: good for ever, whatever the clock shows.
        CREATE TABLE client_secrets (
            app_id TEXT NOT NULL, secret TEXT NOT NULL, PRIMARY KEY (app_id, secret))
            STRICT, WITHOUT ROWID;

        CREATE TABLE user_passwords (user_id TEXT PRIMARY KEY, password TEXT NOT NULL)
            STRICT, WITHOUT ROWID;

        -- Roles by the identifier of their template, which is the same in every tenant.
        CREATE TABLE directory_roles (
            user_id TEXT NOT NULL, role_template_id TEXT NOT NULL,
            PRIMARY KEY (user_id, role_template_id)) STRICT, WITHOUT ROWID;

        PRAGMA user_version = 5;
        """
}
