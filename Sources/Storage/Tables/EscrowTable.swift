// Objects that failed and are tried again, or wait for a deletion to be allowed.

public import Model

/// A row of `escrows`.
public struct EscrowRow: Sendable, Equatable {
    /// The type of the source object.
    public var objectType: String
    /// The source object's identifier.
    public var sourceAnchor: String
    /// When it failed first.
    public var firstFailed: Timestamp
    /// How often it failed.
    public var attempts: Int64
    /// When it is tried again.
    public var due: Timestamp
    /// Whether only its references failed.
    public var isReference: Bool
    /// Whether it is no failure, but a deletion that the threshold holds back.
    public var isStagedDelete: Bool
    /// The error's code.
    public var code: String

    /// Whether the object itself failed.
    public var isOfObject: Bool { !isReference && !isStagedDelete }

    /// Makes a row.
    public init(
        objectType: String, sourceAnchor: String, firstFailed: Timestamp, attempts: Int64,
        due: Timestamp, isReference: Bool = false, isStagedDelete: Bool = false, code: String
    ) {
        self.objectType = objectType
        self.sourceAnchor = sourceAnchor
        self.firstFailed = firstFailed
        self.attempts = attempts
        self.due = due
        self.isReference = isReference
        self.isStagedDelete = isStagedDelete
        self.code = code
    }
}

/// How many objects of a job are in error.
public struct EscrowCounts: Sendable, Equatable {
    /// Objects that failed.
    public var entries: Int64
    /// Objects of which only references failed.
    public var references: Int64
    /// Deletions that are held back.
    public var stagedDeletes: Int64
}

/// Rows of `escrows`.
public struct EscrowTable {
    let connection: Connection

    /// The entry of an object.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(
        job: String, objectType: String, sourceAnchor: String
    ) throws(StorageError) -> EscrowRow? {
        try connection.first(
            """
            SELECT object_type, source_anchor, first_failed, attempts, due, is_reference,
                is_staged_delete, code FROM escrows
            WHERE job_id = ?1 AND object_type = ?2 AND source_anchor = ?3
            """,
            .text(job), .text(objectType), .text(sourceAnchor)
        ) { (row) throws(StorageError) in
            EscrowRow(
                objectType: row.text(0) ?? "", sourceAnchor: row.text(1) ?? "",
                firstFailed: Timestamp(ticks: row.integer(2)), attempts: row.integer(3),
                due: Timestamp(ticks: row.integer(4)), isReference: row.integer(5) == 1,
                isStagedDelete: row.integer(6) == 1, code: row.text(7) ?? "")
        }
    }

    /// Makes or changes the entry of an object.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(_ row: EscrowRow, job: String) throws(StorageError) {
        try connection.run(
            """
            INSERT OR REPLACE INTO escrows (job_id, object_type, source_anchor, first_failed,
                attempts, due, is_reference, is_staged_delete, code)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """,
            .text(job), .text(row.objectType), .text(row.sourceAnchor),
            .integer(row.firstFailed.ticks), .integer(row.attempts), .integer(row.due.ticks),
            .integer(row.isReference ? 1 : 0), .integer(row.isStagedDelete ? 1 : 0),
            .text(row.code))
    }

    /// Removes the entry of an object.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(
        job: String, objectType: String, sourceAnchor: String
    ) throws(StorageError) {
        try connection.run(
            "DELETE FROM escrows WHERE job_id = ?1 AND object_type = ?2 AND source_anchor = ?3",
            .text(job), .text(objectType), .text(sourceAnchor))
    }

    /// Removes all entries of a job.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func deleteAll(job: String) throws(StorageError) {
        try connection.run("DELETE FROM escrows WHERE job_id = ?1", .text(job))
    }

    /// Whether any entry of a job is due.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isAnyDue(job: String, at now: Timestamp) throws(StorageError) -> Bool {
        try connection.first(
            "SELECT 1 FROM escrows WHERE job_id = ?1 AND due <= ?2 LIMIT 1", .text(job),
            .integer(now.ticks)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// How many entries a job has, by their kinds.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func counts(job: String) throws(StorageError) -> EscrowCounts {
        try connection.first(
            """
            SELECT coalesce(sum(is_reference = 0 AND is_staged_delete = 0), 0),
                coalesce(sum(is_reference), 0), coalesce(sum(is_staged_delete), 0)
            FROM escrows WHERE job_id = ?1
            """, .text(job)
        ) { (row) throws(StorageError) in
            EscrowCounts(
                entries: row.integer(0), references: row.integer(1),
                stagedDeletes: row.integer(2))
        } ?? EscrowCounts(entries: 0, references: 0, stagedDeletes: 0)
    }
}
