// The links between source and target objects, and the references that the target holds.

import Model

/// A row of `connections`.
public struct ObjectConnectionRow: Sendable, Equatable {
    /// The row's place in the order of making.
    public var sequence: Int64
    /// The type of the source object.
    public var objectType: String
    /// The source object's identifier.
    public var sourceAnchor: String
    /// The type of the target object.
    public var targetType: String
    /// The target object's identifier.
    public var targetAnchor: String
    /// The source object's name.
    public var displayName: String
    /// Whether deletions of the source still reach the target.
    public var isManaged: Bool
    /// Whether everything that the target holds of its references is known.
    public var knowsReferences: Bool
    /// What was written last of attributes that the target never shows: a JSON object.
    public var exported: String

    /// Makes a row; its place is given when it is saved first.
    public init(
        sequence: Int64 = 0, objectType: String, sourceAnchor: String, targetType: String,
        targetAnchor: String, displayName: String, isManaged: Bool,
        knowsReferences: Bool, exported: String
    ) {
        self.sequence = sequence
        self.objectType = objectType
        self.sourceAnchor = sourceAnchor
        self.targetType = targetType
        self.targetAnchor = targetAnchor
        self.displayName = displayName
        self.isManaged = isManaged
        self.knowsReferences = knowsReferences
        self.exported = exported
    }
}

/// Rows of `connections` and `exported_references`.
public struct ObjectConnectionTable {
    let connection: Connection

    private static let columns: SQL =
        """
        SELECT sequence, object_type, source_anchor, target_type, target_anchor, display_name,
            is_managed, knows_references, exported FROM connections 
        """

    // With a sign before each column, or SQLite would put what it is compared with into the key as well,
    // and find no index of that.
    private static let bySource: SQL =
        "WHERE key(job_id, source_anchor) = ?1 AND +job_id = ?2 AND +source_anchor = ?3"
    private static let byTarget: SQL =
        "WHERE key(job_id, target_anchor) = ?1 AND " + RowParts.ofConnections
        + " AND +job_id = ?2 AND +target_anchor = ?3"
    private static let elsewhere = byTarget + " AND source_anchor <> ?4 AND target_type = ?5"

    static let one = columns + bySource + " AND object_type = ?4"
    private static let ofSource = columns + bySource
    static let ofTarget = columns + byTarget
    static let anchor: SQL = "SELECT target_anchor FROM connections " + bySource
    static let linked: SQL = "SELECT 1 FROM connections " + elsewhere + " LIMIT 1"
    static let place: SQL =
        "SELECT sequence FROM connections " + bySource + " AND object_type = ?4"
    static let removal: SQL =
        "DELETE FROM connections " + bySource + " AND object_type = ?4"
    static let releaseLinks: SQL = "DELETE FROM connections " + elsewhere
    static let releaseReferences: SQL =
        """
        DELETE FROM exported_references WHERE job_id = ?2 AND (source_key, source_anchor) IN (
            SELECT key(job_id, source_anchor), source_anchor FROM connections 
        """ + elsewhere + ")"

    /// The link of a source object.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(
        job: String, objectType: String, sourceAnchor: String
    ) throws(StorageError) -> ObjectConnectionRow? {
        try connection.first(
            ObjectConnectionTable.one,
            .key(job, sourceAnchor), .text(job), .text(sourceAnchor), .text(objectType)
        ) { (row) throws(StorageError) in ObjectConnectionRow(row) }
    }

    /// A link by either end: the source's identifier first, then the target's.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func find(job: String, anchor: String) throws(StorageError) -> ObjectConnectionRow? {
        let bySource = try connection.first(
            ObjectConnectionTable.ofSource, .key(job, anchor), .text(job), .text(anchor)
        ) { (row) throws(StorageError) in ObjectConnectionRow(row) }
        if let bySource { return bySource }
        return try connection.first(
            ObjectConnectionTable.ofTarget, .key(job, anchor), .text(job), .text(anchor)
        ) { (row) throws(StorageError) in ObjectConnectionRow(row) }
    }

    /// Links of a job in the order of their making.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func page(
        job: String, objectType: String, after sequence: Int64, limit: Int64
    ) throws(StorageError) -> [ObjectConnectionRow] {
        try connection.rows(
            ObjectConnectionTable.columns
                + """
                WHERE job_id = ?1 AND object_type = ?2 AND sequence > ?3
                ORDER BY sequence LIMIT ?4
                """,
            [.text(job), .text(objectType), .integer(sequence), .integer(limit)]
        ) { (row) throws(StorageError) in ObjectConnectionRow(row) }
    }

    /// Links whose source object has references, or whose target is known to hold some.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func pageWithReferences(
        job: String, objectType: String, after sequence: Int64, limit: Int64
    ) throws(StorageError) -> [ObjectConnectionRow] {
        try connection.rows(
            ObjectConnectionTable.columns
                + """
                WHERE job_id = ?1 AND object_type = ?2 AND sequence > ?3 AND is_managed = 1
                    AND (EXISTS (SELECT 1 FROM links WHERE source_id = source_anchor
                            AND name = CASE ?2 WHEN 'Group' THEN 'member' ELSE 'manager' END)
                        OR EXISTS (SELECT 1 FROM exported_references e
                            WHERE e.source_key = key(?1, connections.source_anchor)
                                AND e.job_id = ?1
                                AND e.source_anchor = connections.source_anchor))
                ORDER BY sequence LIMIT ?4
                """,
            [.text(job), .text(objectType), .integer(sequence), .integer(limit)]
        ) { (row) throws(StorageError) in ObjectConnectionRow(row) }
    }

    /// Links of a job whose source object the tenant's directory has no more.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func orphans(
        job: String, objectType: String, of directory: DirectoryName, after sequence: Int64,
        limit: Int64
    ) throws(StorageError) -> [ObjectConnectionRow] {
        let base: [SQLValue] = [
            .text(job), .text(objectType), .integer(sequence), .integer(limit),
        ]
        let (condition, more): (SQL, [SQLValue]) =
            switch directory {
            case .tenant where objectType == "User":
                ("SELECT 1 FROM users WHERE id = source_anchor", [])
            case .tenant: ("SELECT 1 FROM groups WHERE id = source_anchor", [])
            case .application(let servicePrincipal, let name):
                (
                    """
                    SELECT 1 FROM directory_objects o WHERE o.service_principal_id = ?5
                        AND o.directory = ?6 AND o.object_type = ?2 AND o.id = source_anchor
                    """, [.text(servicePrincipal.description), .text(name)]
                )
            }
        return try connection.rows(
            ObjectConnectionTable.columns
                + "WHERE job_id = ?1 AND object_type = ?2 AND sequence > ?3 AND NOT EXISTS ("
                + condition + ") ORDER BY sequence LIMIT ?4", base + more
        ) { (row) throws(StorageError) in ObjectConnectionRow(row) }
    }

    /// The target's identifier of whatever a source identifier is linked to.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func targetAnchor(job: String, sourceAnchor: String) throws(StorageError) -> String? {
        try connection.first(
            ObjectConnectionTable.anchor,
            .key(job, sourceAnchor), .text(job), .text(sourceAnchor)
        ) { (row) throws(StorageError) in row.text(0) ?? "" }
    }

    /// Whether a target object is linked to a source object other than one; identifiers of a target are
    /// unique within its types only.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isLinked(
        job: String, targetType: String, targetAnchor: String, elsewhereThan source: String
    ) throws(StorageError) -> Bool {
        try connection.first(
            ObjectConnectionTable.linked,
            .key(job, targetAnchor), .text(job), .text(targetAnchor), .text(source),
            .text(targetType)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// Ends the links of a target object to source objects other than one.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func release(
        job: String, targetType: String, targetAnchor: String, keeping source: String
    ) throws(StorageError) {
        let values: [SQLValue] = [
            .key(job, targetAnchor), .text(job), .text(targetAnchor), .text(source),
            .text(targetType),
        ]
        try connection.run(ObjectConnectionTable.releaseReferences, values)
        try connection.run(ObjectConnectionTable.releaseLinks, values)
    }

    /// Makes a link, or changes the one that its source object has; `isNew` says that it has none.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(
        _ row: ObjectConnectionRow, job: String, isNew: Bool = false
    ) throws(StorageError) {
        let place =
            isNew
            ? nil
            : try connection.first(
                ObjectConnectionTable.place, .key(job, row.sourceAnchor), .text(job),
                .text(row.sourceAnchor), .text(row.objectType)
            ) { (row) throws(StorageError) in row.integer(0) }
        guard let place else {
            return try connection.run(
                """
                INSERT INTO connections (target_type, target_anchor, display_name, is_managed,
                    knows_references, exported, job_id, object_type, source_anchor)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """,
                .text(row.targetType), .text(row.targetAnchor), .text(row.displayName),
                .integer(row.isManaged ? 1 : 0), .integer(row.knowsReferences ? 1 : 0),
                .text(row.exported), .text(job), .text(row.objectType), .text(row.sourceAnchor))
        }
        try connection.run(
            """
            UPDATE connections SET target_type = ?1, target_anchor = ?2, display_name = ?3,
                is_managed = ?4, knows_references = ?5, exported = ?6 WHERE sequence = ?7
            """,
            .text(row.targetType), .text(row.targetAnchor), .text(row.displayName),
            .integer(row.isManaged ? 1 : 0), .integer(row.knowsReferences ? 1 : 0),
            .text(row.exported), .integer(place))
    }

    /// Removes a link and what is known of its references.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(
        job: String, objectType: String, sourceAnchor: String
    ) throws(StorageError) {
        try connection.run(
            ObjectConnectionTable.removal,
            .key(job, sourceAnchor), .text(job), .text(sourceAnchor), .text(objectType))
        try connection.run(
            """
            DELETE FROM exported_references
            WHERE source_key = ?1 AND job_id = ?2 AND source_anchor = ?3
            """, .key(job, sourceAnchor), .text(job), .text(sourceAnchor))
    }

    /// Removes all links of a job: the whole connector data store.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func deleteAll(job: String) throws(StorageError) {
        try connection.run("DELETE FROM connections WHERE job_id = ?1", .text(job))
        try connection.run("DELETE FROM exported_references WHERE job_id = ?1", .text(job))
    }

    /// Whether a job has links.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isAny(job: String) throws(StorageError) -> Bool {
        try connection.first(
            "SELECT 1 FROM connections WHERE job_id = ?1 LIMIT 1", .text(job)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// How many links a job has.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count(job: String) throws(StorageError) -> Int64 {
        try connection.count(
            "SELECT count(*) FROM connections WHERE job_id = ?1", [.text(job)])
    }
}

extension ObjectConnectionRow {
    init(_ row: borrowing Row) {
        self.init(
            sequence: row.integer(0), objectType: row.text(1) ?? "",
            sourceAnchor: row.text(2) ?? "", targetType: row.text(3) ?? "",
            targetAnchor: row.text(4) ?? "", displayName: row.text(5) ?? "",
            isManaged: row.integer(6) == 1, knowsReferences: row.integer(7) == 1,
            exported: row.text(8) ?? "{}")
    }
}
