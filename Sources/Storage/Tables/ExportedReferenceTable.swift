// Which references the target is known to hold, compared with those that the source has.

/// A reference: what the source calls the other object, and the target.
public struct ReferenceRow: Sendable, Equatable {
    /// The other object's identifier in the source.
    public var source: String
    /// Its identifier in the target; nil when it is not provisioned.
    public var target: String?

    /// Makes a reference.
    public init(source: String, target: String?) {
        self.source = source
        self.target = target
    }
}

/// Rows of `exported_references`.
public struct ExportedReferenceTable {
    let connection: Connection

    static let missing: SQL = """
        SELECT l.target_id, (SELECT c.target_anchor FROM connections c
            WHERE key(c.job_id, c.source_anchor) = key(?1, l.target_id)
                AND +c.job_id = ?1 AND +c.source_anchor = l.target_id)
        FROM links l WHERE l.source_id = ?2 AND l.name = ?4 AND l.target_id > ?5
            AND NOT EXISTS (SELECT 1 FROM exported_references e
                WHERE e.source_key = ?7 AND e.reference_anchor = l.target_id
                    AND e.attribute = ?3 AND e.job_id = ?1 AND e.source_anchor = ?2)
        ORDER BY l.target_id LIMIT ?6
        """
    static let surplus: SQL = """
        SELECT e.reference_anchor, e.target_anchor FROM exported_references e
        WHERE e.source_key = ?7 AND e.reference_anchor > ?5 AND e.attribute = ?3
            AND e.job_id = ?1 AND e.source_anchor = ?2
            AND NOT EXISTS (SELECT 1 FROM links l WHERE l.source_id = ?2 AND l.name = ?4
                AND l.target_id = e.reference_anchor)
        ORDER BY e.reference_anchor LIMIT ?6
        """

    /// Links of the tenant's directory that the target is not known to hold, a page of them.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func missing(
        job: String, source: String, attribute: String, link: String, after last: String,
        limit: Int64
    ) throws(StorageError) -> [ReferenceRow] {
        try connection.rows(
            ExportedReferenceTable.missing,
            [
                .text(job), .text(source), .text(attribute), .text(link), .text(last),
                .integer(limit), .key(job, source),
            ]
        ) { (row) throws(StorageError) in
            ReferenceRow(source: row.text(0) ?? "", target: row.text(1))
        }
    }

    /// References that the target is known to hold and the tenant's directory has no more, a page.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func surplus(
        job: String, source: String, attribute: String, link: String, after last: String,
        limit: Int64
    ) throws(StorageError) -> [ReferenceRow] {
        try connection.rows(
            ExportedReferenceTable.surplus,
            [
                .text(job), .text(source), .text(attribute), .text(link), .text(last),
                .integer(limit), .key(job, source),
            ]
        ) { (row) throws(StorageError) in
            ReferenceRow(source: row.text(0) ?? "", target: row.text(1))
        }
    }

    /// All references of one attribute that the target is known to hold.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(
        job: String, source: String, attribute: String
    ) throws(StorageError) -> [ReferenceRow] {
        try connection.rows(
            """
            SELECT reference_anchor, target_anchor FROM exported_references
            WHERE source_key = ?4 AND attribute = ?3 AND job_id = ?1 AND source_anchor = ?2
                AND target_anchor <> ''
            """,
            [.text(job), .text(source), .text(attribute), .key(job, source)]
        ) { (row) throws(StorageError) in
            ReferenceRow(source: row.text(0) ?? "", target: row.text(1))
        }
    }

    /// Remembers that the target holds references; pending ones have no target.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(
        _ references: [ReferenceRow], job: String, source: String, attribute: String
    ) throws(StorageError) {
        let key = SQLValue.key(job, source)
        try ExportedReferenceTable.insertion.run(references, in: connection) {
            (reference, values) throws(StorageError) in
            values.append(.text(job))
            values.append(.text(source))
            values.append(.text(attribute))
            values.append(.text(reference.source))
            values.append(.text(reference.target ?? ""))
            values.append(key)
        }
    }

    private static let insertion = Insertion(
        """
        INSERT OR REPLACE INTO exported_references
            (job_id, source_anchor, attribute, reference_anchor, target_anchor, source_key) VALUES
        """, width: 6)

    /// Remembers references to objects that are not provisioned yet, in the place of earlier ones.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func savePending(
        _ references: [String], job: String, source: String, attribute: String
    ) throws(StorageError) {
        try connection.run(
            """
            DELETE FROM exported_references WHERE source_key = ?4 AND attribute = ?3
                AND job_id = ?1 AND source_anchor = ?2 AND target_anchor = ''
            """, .text(job), .text(source), .text(attribute), .key(job, source))
        try save(
            references.map { ReferenceRow(source: $0, target: nil) }, job: job, source: source,
            attribute: attribute)
    }

    /// Forgets a reference.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(
        job: String, source: String, attribute: String, reference: String
    ) throws(StorageError) {
        try connection.run(
            """
            DELETE FROM exported_references WHERE source_key = ?5 AND reference_anchor = ?4
                AND attribute = ?3 AND job_id = ?1 AND source_anchor = ?2
            """,
            .text(job), .text(source), .text(attribute), .text(reference), .key(job, source))
    }
}
