// The provisioning log: written by cycles, read by `auditLogs/provisioning`.

public import Model

/// Rows of `provisioning_logs`, and of `log_contexts` which they refer to.
public struct ProvisioningLogTable {
    let connection: Connection

    /// Adds records.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func insert(_ rows: some Sequence<ProvisioningLogRow>) throws(StorageError) {
        var context: (text: String?, key: SQLValue) = (nil, .null)
        try ProvisioningLogTable.insertion.run(rows, in: connection) {
            (row, values) throws(StorageError) in
            if row.context != context.text { context = (row.context, try key(of: row.context)) }
            values.append(.text(row.id))
            values.append(.integer(row.activity.ticks))
            values.append(.text(row.job))
            values.append(.text(row.cycle))
            values.append(.text(row.change))
            values.append(.text(row.action))
            values.append(.text(row.status))
            values.append(.text(row.servicePrincipal))
            values.append(.text(row.source))
            values.append(.text(row.target))
            values.append(.utf8(row.body))
            values.append(context.key)
        }
    }

    private static let insertion = Insertion(
        """
        INSERT INTO provisioning_logs (id, activity, job_id, cycle_id, change_id, action,
            status, service_principal_id, source_id, target_id, body, context) VALUES
        """, width: 12)

    /// The key of a context, which is added when no record had it yet.
    private func key(of context: String?) throws(StorageError) -> SQLValue {
        guard let context else { return .null }
        let found = try connection.first(
            "SELECT key FROM log_contexts WHERE body = ?1", .text(context)
        ) { (row) throws(StorageError) in row.integer(0) }
        if let found { return .integer(found) }
        try connection.run("INSERT INTO log_contexts (body) VALUES (?1)", .text(context))
        return .integer(connection.lastSequence)
    }

    /// Whether there are records that are older than an instant.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isAny(before instant: Timestamp) throws(StorageError) -> Bool {
        try connection.first(
            "SELECT 1 FROM provisioning_logs WHERE activity < ?1 LIMIT 1", .integer(instant.ticks)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// Removes records that are older than an instant, and the contexts that none refers to any more.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(before instant: Timestamp) throws(StorageError) {
        // Through the index of times: the oldest record that stays is asked first.
        try connection.run(
            """
            DELETE FROM log_contexts WHERE key IN
                (SELECT context FROM provisioning_logs WHERE activity < ?1)
            AND NOT EXISTS (SELECT 1 FROM provisioning_logs
                WHERE context = log_contexts.key AND activity >= ?1)
            """, .integer(instant.ticks))
        try connection.run(
            "DELETE FROM provisioning_logs WHERE activity < ?1", .integer(instant.ticks))
    }
}
