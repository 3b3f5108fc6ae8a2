// Bulk uploads that were taken in and wait for their job's next cycle.

public import Model

/// Rows of `bulk_uploads`.
public struct BulkUploadTable {
    let connection: Connection

    private static let columns: SQL =
        "SELECT sequence, job_id, received, request_id, body FROM bulk_uploads "

    /// Adds an upload behind those that wait already.
    ///
    /// - Parameters:
    ///   - job: the job that it is for.
    ///   - received: when it came.
    ///   - requestID: the `request-id` that it was answered with.
    ///   - body: the BulkRequest as it was sent.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func insert(
        job: String, received: Timestamp, requestID: String, body: String
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO bulk_uploads (job_id, received, request_id, body) VALUES (?1, ?2, ?3, ?4)
            """, .text(job), .integer(received.ticks), .text(requestID), .text(body))
    }

    /// What waits for a job, in the order it came.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(of job: String) throws(StorageError) -> [BulkUpload] {
        try connection.rows(
            BulkUploadTable.columns + "WHERE job_id = ?1 ORDER BY sequence", [.text(job)]
        ) { (row) throws(StorageError) in BulkUpload(row) }
    }

    /// The upload that came last; nil when none waits.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func last(of job: String) throws(StorageError) -> BulkUpload? {
        try connection.first(
            BulkUploadTable.columns + "WHERE job_id = ?1 ORDER BY sequence DESC LIMIT 1",
            .text(job)
        ) { (row) throws(StorageError) in BulkUpload(row) }
    }

    /// Writes another body over an upload's.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func update(sequence: Int64, body: String) throws(StorageError) {
        try connection.run(
            "UPDATE bulk_uploads SET body = ?2 WHERE sequence = ?1", .integer(sequence),
            .text(body))
    }

    /// Removes one upload.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(sequence: Int64) throws(StorageError) {
        try connection.run("DELETE FROM bulk_uploads WHERE sequence = ?1", .integer(sequence))
    }

    /// Removes all that waits for a job.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func deleteAll(of job: String) throws(StorageError) {
        try connection.run("DELETE FROM bulk_uploads WHERE job_id = ?1", .text(job))
    }
}

extension BulkUpload {
    /// Reads `sequence, job_id, received, request_id, body`.
    init(_ row: borrowing Row) {
        self.init(
            sequence: row.integer(0), jobID: row.text(1) ?? "",
            received: Timestamp(ticks: row.integer(2)), requestID: row.text(3) ?? "",
            body: row.text(4) ?? "")
    }
}
