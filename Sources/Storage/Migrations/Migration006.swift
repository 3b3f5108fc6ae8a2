// The provisioning log without what its records have in common.

/// `body` is a record in compact form where `context` tells what it refers to; where that is null, as in
/// what was written before and in what a seed brings, it is the whole record.
enum Migration006 {
    static let sql: SQL = """
        CREATE TABLE log_contexts (key INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT;
        ALTER TABLE provisioning_logs ADD COLUMN context INTEGER;

        -- The log with whole records, which are made where a query asks for them.
        CREATE VIEW provisioning_records AS SELECT
            l.sequence AS sequence, l.id AS id, l.activity AS activity, l.job_id AS job_id,
            l.cycle_id AS cycle_id, l.change_id AS change_id, l.action AS action,
            l.status AS status, l.service_principal_id AS service_principal_id,
            l.source_id AS source_id, l.target_id AS target_id,
            CASE WHEN l.context IS NULL THEN l.body ELSE whole_record(c.body, l.body, l.id,
                l.activity, l.job_id, l.cycle_id, l.change_id, l.action, l.status,
                l.service_principal_id, l.source_id, l.target_id) END AS body
            FROM provisioning_logs AS l LEFT JOIN log_contexts AS c ON c.key = l.context;

        PRAGMA user_version = 6;
        """
}
