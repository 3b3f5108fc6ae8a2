// Bulk uploads as cycles work them off: the oldest first.

public import Model

extension BulkUploadTable {
    /// The upload that waits longest; nil when none does.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func first(of job: String) throws(StorageError) -> BulkUpload? {
        try connection.first(
            """
            SELECT sequence, job_id, received, request_id, body FROM bulk_uploads
            WHERE job_id = ?1 ORDER BY sequence LIMIT 1
            """, .text(job)
        ) { (row) throws(StorageError) in BulkUpload(row) }
    }

    /// Whether none waits.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isEmpty(of job: String) throws(StorageError) -> Bool {
        try connection.first(
            "SELECT 1 FROM bulk_uploads WHERE job_id = ?1 LIMIT 1", .text(job)
        ) { (_) throws(StorageError) in false } ?? true
    }
}
