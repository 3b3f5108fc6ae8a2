// The provisioning log: written by cycles, read by `auditLogs/provisioning`.

public import Model

/// A record with the columns that it is found by.
public struct ProvisioningLogRow: Sendable {
    /// The record's identifier.
    public var id: GUID
    /// When the object was processed.
    public var activity: Timestamp
    /// The job.
    public var job: String
    /// The run.
    public var cycle: GUID
    /// The change.
    public var change: GUID
    /// What was done (`provisioningAction`).
    public var action: String
    /// How it ended.
    public var status: String
    /// The application.
    public var servicePrincipal: GUID
    /// The source object's identifier.
    public var source: String
    /// The target object's identifier.
    public var target: String
    /// The whole record, as the JSON of `provisioningObjectSummary` in UTF-8.
    public var body: [UInt8]

    /// Makes a row.
    public init(
        id: GUID, activity: Timestamp, job: String, cycle: GUID, change: GUID, action: String,
        status: String, servicePrincipal: GUID, source: String, target: String, body: [UInt8]
    ) {
        self.id = id
        self.activity = activity
        self.job = job
        self.cycle = cycle
        self.change = change
        self.action = action
        self.status = status
        self.servicePrincipal = servicePrincipal
        self.source = source
        self.target = target
        self.body = body
    }
}

/// Rows of `provisioning_logs`.
public struct ProvisioningLogTable {
    let connection: Connection

    /// Adds a record.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func insert(_ row: ProvisioningLogRow) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO provisioning_logs (id, activity, job_id, cycle_id, change_id, action,
                status, service_principal_id, source_id, target_id, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """,
            .text(row.id.description), .integer(row.activity.ticks), .text(row.job),
            .text(row.cycle.description), .text(row.change.description), .text(row.action),
            .text(row.status), .text(row.servicePrincipal.description), .text(row.source),
            .text(row.target), .utf8(row.body))
    }

    /// Whether there are records that are older than an instant.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isAny(before instant: Timestamp) throws(StorageError) -> Bool {
        try connection.first(
            "SELECT 1 FROM provisioning_logs WHERE activity < ?1 LIMIT 1", .integer(instant.ticks)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// Removes records that are older than an instant.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(before instant: Timestamp) throws(StorageError) {
        try connection.run(
            "DELETE FROM provisioning_logs WHERE activity < ?1", .integer(instant.ticks))
    }
}
