// Synchronization jobs, their own schemas and their watermarks.

public import Model

/// Rows of `jobs`.
public struct JobTable {
    let connection: Connection

    private static let columns: SQL =
        "SELECT body, service_principal_id, watermark, schema IS NOT NULL FROM jobs "

    /// The job of an id.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(id: String) throws(StorageError) -> StoredJob? {
        try connection.first(JobTable.columns + "WHERE id = ?1", .text(id)) {
            (row) throws(StorageError) in try StoredJob(row)
        }
    }

    /// All jobs of a service principal, or of all, in the order they were made.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(of servicePrincipal: GUID? = nil) throws(StorageError) -> [StoredJob] {
        guard let servicePrincipal else {
            return try connection.rows(JobTable.columns + "ORDER BY sequence", []) {
                (row) throws(StorageError) in try StoredJob(row)
            }
        }
        return try connection.rows(
            JobTable.columns + "WHERE service_principal_id = ?1 ORDER BY sequence",
            [.text(servicePrincipal.description)]
        ) { (row) throws(StorageError) in try StoredJob(row) }
    }

    /// Adds a job.
    ///
    /// - Throws: `StorageError.statement` when its id is taken.
    public func insert(_ stored: StoredJob) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO jobs (id, service_principal_id, template_id, body, watermark)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """,
            .text(stored.job.id), .text(stored.servicePrincipal.description),
            .text(stored.job.templateID), .text(JSONValue.object(stored.job.json).text),
            stored.watermark.map(SQLValue.integer) ?? .null)
    }

    /// Writes a job and its watermark.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func update(_ stored: StoredJob) throws(StorageError) {
        try connection.run(
            "UPDATE jobs SET body = ?2, watermark = ?3 WHERE id = ?1",
            .text(stored.job.id), .text(JSONValue.object(stored.job.json).text),
            stored.watermark.map(SQLValue.integer) ?? .null)
    }

    /// Removes a job with its schema.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(id: String) throws(StorageError) {
        try connection.run("DELETE FROM jobs WHERE id = ?1", .text(id))
    }

    /// The schema that a job has of its own; nil when its template's is in force.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func loadSchema(id: String) throws(StorageError) -> SynchronizationSchema? {
        let text = try connection.first("SELECT schema FROM jobs WHERE id = ?1", .text(id)) {
            (row) throws(StorageError) in row.text(0)
        }
        guard let text = text ?? nil else { return nil }
        guard let json = try? JSONValue(parsing: text).object else {
            throw StorageError.unreadableRow(table: "jobs", key: id)
        }
        return SynchronizationSchema(normalized: json)
    }

    /// Gives a job a schema of its own, or with nil the template's again.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func saveSchema(id: String, _ schema: SynchronizationSchema?) throws(StorageError) {
        try connection.run(
            "UPDATE jobs SET schema = ?2 WHERE id = ?1", .text(id),
            .optional(schema.map { JSONValue.object($0.json).text }))
    }
}

extension StoredJob {
    /// Reads `body, service_principal_id, watermark, schema IS NOT NULL`.
    init(_ row: borrowing Row) throws(StorageError) {
        let text = row.text(0) ?? ""
        guard let json = try? JSONValue(parsing: text), let job = SynchronizationJob(json),
            let servicePrincipal = row.text(1).flatMap({ GUID(parsing: $0) })
        else { throw StorageError.unreadableRow(table: "jobs", key: String(text.prefix(60))) }
        self.init(
            job: job, servicePrincipal: servicePrincipal,
            watermark: row.isNull(2) ? nil : row.integer(2), hasOwnSchema: row.integer(3) == 1)
    }
}
