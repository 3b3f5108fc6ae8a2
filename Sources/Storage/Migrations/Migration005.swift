// What testers plan: fault rules; and what callers sign in with.

enum Migration005 {
    static let sql: SQL = """
        -- 'body' is the rule as JSON, 'hits' how often it was met.
        CREATE TABLE fault_rules (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
            hits INTEGER NOT NULL DEFAULT 0) STRICT;
        -- Synchronization: uploads that wait for their job's next cycle.
        CREATE TABLE bulk_uploads (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL,
            received INTEGER NOT NULL, request_id TEXT NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX bulk_uploads_job ON bulk_uploads (job_id, sequence);
        CREATE TRIGGER jobs_deleted_uploads AFTER DELETE ON jobs BEGIN
            DELETE FROM bulk_uploads WHERE job_id = old.id; END;
        -- Synchronization: templates as an application's owner changed or made them. Without a body
        -- or a schema, the gallery's is in force.
        CREATE TABLE template_customizations (
            sequence INTEGER PRIMARY KEY, service_principal_id TEXT NOT NULL,
            template_id TEXT NOT NULL, body TEXT, schema TEXT, is_deleted INTEGER NOT NULL,
            UNIQUE (service_principal_id, template_id)) STRICT;

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
