// What an incremental cycle has to look at: collected once, then read in pages.

public import Model

/// An object that a cycle has to look at.
public struct CycleWorkRow: Sendable, Equatable {
    /// The row's place.
    public var sequence: Int64
    /// The object's identifier in the source.
    public var objectID: String
    /// Whether only references of it changed.
    public var isReference: Bool
}

/// Rows of `cycle_work`.
public struct CycleWorkTable {
    let connection: Connection

    /// Drops what an earlier cycle left, one that did not come to its end.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func clear(job: String) throws(StorageError) {
        try connection.run("DELETE FROM cycle_work WHERE job_id = ?1", .text(job))
    }

    /// Collects objects of a directory that changed.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func collectChanges(
        job: String, in directory: DirectoryName, objectType: String, after watermark: Int64,
        upTo latest: Int64
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO cycle_work (job_id, object_type, object_id, is_reference)
            SELECT ?1, ?3, object_id, min(is_reference) FROM changes
            WHERE directory = ?2 AND object_type = ?3 AND sequence > ?4 AND sequence <= ?5
            GROUP BY object_id ORDER BY max(sequence)
            ON CONFLICT DO UPDATE SET is_reference = min(is_reference, excluded.is_reference)
            """,
            .text(job), .text(directory.key), .text(objectType), .integer(watermark),
            .integer(latest))
    }

    /// Leaves objects to the pass of references only: what they are is taken in otherwise.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func leaveToReferences(job: String, objectType: String) throws(StorageError) {
        try connection.run(
            "UPDATE cycle_work SET is_reference = 1 WHERE job_id = ?1 AND object_type = ?2",
            .text(job), .text(objectType))
    }

    /// Collects one object whose references are to be looked at, and nothing else any more.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func collectReferences(
        job: String, objectType: String, object: String
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO cycle_work (job_id, object_type, object_id, is_reference)
            VALUES (?1, ?2, ?3, 1) ON CONFLICT DO UPDATE SET is_reference = 1
            """, .text(job), .text(objectType), .text(object))
    }

    /// Collects one object.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func collect(job: String, objectType: String, object: String) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO cycle_work (job_id, object_type, object_id, is_reference)
            VALUES (?1, ?2, ?3, 0) ON CONFLICT DO UPDATE SET is_reference = 0
            """, .text(job), .text(objectType), .text(object))
    }

    /// Collects the objects that refer to one which is provisioned by now.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func collectPendingReferences(job: String, objectType: String) throws(StorageError) {
        try connection.run(
            """
            INSERT OR IGNORE INTO cycle_work (job_id, object_type, object_id, is_reference)
            SELECT DISTINCT ?1, ?2, source_anchor, 1 FROM exported_references e
            WHERE e.job_id = ?1 AND e.target_anchor = ''
                AND EXISTS (SELECT 1 FROM connections c
                    WHERE key(c.job_id, c.source_anchor) = key(?1, e.reference_anchor)
                        AND +c.job_id = ?1 AND +c.source_anchor = e.reference_anchor)
            """, .text(job), .text(objectType))
    }

    /// Whether a certain object is among what changed.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func contains(
        job: String, objectType: String, object: String
    ) throws(StorageError) -> Bool {
        try connection.first(
            """
            SELECT 1 FROM cycle_work WHERE job_id = ?1 AND object_type = ?2 AND object_id = ?3
            """, .text(job), .text(objectType), .text(object)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// Collects the users and groups whose assignment to an application changed, with the members of
    /// the groups, and those whose membership of an assigned group did.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func collectAssignments(
        job: String, resource: GUID, after watermark: Int64, upTo latest: Int64
    ) throws(StorageError) {
        let feed = SQLValue.text("assignments/" + resource.description)
        let window: [SQLValue] = [.text(job), feed, .integer(watermark), .integer(latest)]
        try connection.run(
            """
            INSERT INTO cycle_work (job_id, object_type, object_id, is_reference)
            SELECT DISTINCT ?1, 'User', id, 0 FROM (
                SELECT object_id AS id FROM changes
                WHERE directory = ?2 AND object_type = '' AND sequence > ?3 AND sequence <= ?4
                UNION SELECT l.target_id FROM changes c
                JOIN links l ON l.source_id = c.object_id AND l.name = 'member'
                WHERE c.directory = ?2 AND c.object_type = '' AND c.sequence > ?3
                    AND c.sequence <= ?4)
            WHERE EXISTS (SELECT 1 FROM users WHERE users.id = id)
            ON CONFLICT DO UPDATE SET is_reference = 0
            """, window)
        try connection.run(
            """
            INSERT INTO cycle_work (job_id, object_type, object_id, is_reference)
            SELECT DISTINCT ?1, 'Group', object_id, 0 FROM changes
            WHERE directory = ?2 AND object_type = '' AND sequence > ?3 AND sequence <= ?4
                AND EXISTS (SELECT 1 FROM groups WHERE groups.id = object_id)
            ON CONFLICT DO UPDATE SET is_reference = 0
            """, window)
        try connection.run(
            """
            INSERT INTO cycle_work (job_id, object_type, object_id, is_reference)
            SELECT DISTINCT ?1, 'User', c.object_id, 0 FROM changes c
            WHERE c.directory IN (
                SELECT 'members/' || principal_id FROM app_role_assignments
                    WHERE resource_id = ?5
                UNION SELECT 'members/' || object_id FROM changes
                    WHERE directory = ?2 AND object_type = '' AND sequence > ?3)
                AND c.object_type = '' AND c.sequence > ?3 AND c.sequence <= ?4
            ON CONFLICT DO UPDATE SET is_reference = 0
            """, window + [.text(resource.description)])
    }

    /// Collects the objects whose time to be tried again has come.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func collectEscrows(
        job: String, into key: String, dueAt now: Timestamp
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO cycle_work (job_id, object_type, object_id, is_reference)
            SELECT ?3, object_type, source_anchor, 0 FROM escrows
            WHERE job_id = ?1 AND due <= ?2 ON CONFLICT DO UPDATE SET is_reference = 0
            """, .text(job), .integer(now.ticks), .text(key))
    }

    /// How many objects of a type are to be looked at.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count(job: String, objectType: String? = nil) throws(StorageError) -> ChangeCount {
        try connection.first(
            """
            SELECT count(*), coalesce(sum(is_reference), 0) FROM cycle_work
            WHERE job_id = ?1 AND (?2 IS NULL OR object_type = ?2)
            """, .text(job), .optional(objectType)
        ) { (row) throws(StorageError) in
            ChangeCount(objects: row.integer(0), references: row.integer(1))
        } ?? ChangeCount(objects: 0, references: 0)
    }

    /// A page of what is to be looked at.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func page(
        job: String, objectType: String, after sequence: Int64, limit: Int64
    ) throws(StorageError) -> [CycleWorkRow] {
        try connection.rows(
            """
            SELECT sequence, object_id, is_reference FROM cycle_work
            WHERE job_id = ?1 AND object_type = ?2 AND sequence > ?3
            ORDER BY sequence LIMIT ?4
            """,
            [.text(job), .text(objectType), .integer(sequence), .integer(limit)]
        ) { (row) throws(StorageError) in
            CycleWorkRow(
                sequence: row.integer(0), objectID: row.text(1) ?? "",
                isReference: row.integer(2) == 1)
        }
    }
}
