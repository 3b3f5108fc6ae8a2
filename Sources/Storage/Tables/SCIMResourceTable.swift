// Users and groups of the built-in target.

public import Model

/// A resource as its row holds it.
public struct SCIMResourceRow: Sendable {
    /// The place in the directory: later resources have larger numbers.
    public let sequence: Int64
    /// The resource's identifier.
    public let id: String
    /// The resource's JSON, without `meta`, `members` and `groups`.
    public let body: String
    /// When it was made, as `meta` shows it.
    public let created: String
    /// When it was last changed, as `meta` shows it.
    public let modified: String
    /// Counts its changes, from 1.
    public let version: Int64

    /// The row one version on, its body as it was.
    public func touched(time: String) -> SCIMResourceRow {
        SCIMResourceRow(
            sequence: sequence, id: id, body: body, created: created, modified: time,
            version: version + 1)
    }

    /// The body, parsed.
    public var json: JSONObject {
        (try? JSONValue(parsing: body).object) ?? JSONObject()
    }
}

/// The attributes that are looked up by an index.
public enum SCIMIndexedAttribute: Sendable {
    case id, userName, externalId, displayName, member
}

/// Rows of `scim_resources`.
public struct SCIMResourceTable {
    let connection: Connection

    private static let columns: SQL =
        "SELECT r.sequence, r.id, r.body, r.created, r.modified, r.version FROM scim_resources r "

    /// Adds a resource, at version 1.
    ///
    /// - Parameters:
    ///   - resource: the resource.
    ///   - id: its identifier.
    ///   - type: what it is.
    ///   - directory: the key of the directory.
    ///   - time: now, as `meta` shows it.
    ///   - isNewID: whether the identifier was drawn for it, so that nobody else has it.
    /// - Returns: the row.
    /// - Throws: `StorageError.statement` when the identifier is taken.
    public func insert(
        _ resource: StorableResource, id: String, type: SCIMResourceType, directory: Int64,
        time: String, isNewID: Bool = false
    ) throws(StorageError) -> SCIMResourceRow {
        let isTaken =
            isNewID
            ? nil
            : try connection.first(
                SCIMResourceTable.taken,
                .integer(directory), .integer(type.rawValue), .text(id), .key(id)
            ) { (_) throws(StorageError) in true }
        guard isTaken == nil else {
            throw .taken("scim_resources.directory, scim_resources.type, scim_resources.id")
        }
        let body = resource.text(id: id)
        try connection.run(
            """
            INSERT INTO scim_resources (directory, type, id, user_name, external_id, display_name,
                created, modified, version, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 1, ?8)
            """,
            .integer(directory), .integer(type.rawValue), .text(id), .optional(resource.userName),
            .optional(resource.externalId), .optional(resource.displayName), .text(time),
            .text(body))
        return SCIMResourceRow(
            sequence: connection.lastSequence, id: id, body: body, created: time, modified: time,
            version: 1)
    }

    /// Writes a resource anew, one version on.
    ///
    /// - Returns: the row as it is now.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func update(
        _ row: SCIMResourceRow, to resource: StorableResource, time: String
    ) throws(StorageError) -> SCIMResourceRow {
        let body = resource.text(id: row.id)
        try connection.run(
            """
            UPDATE scim_resources SET user_name = ?2, external_id = ?3, display_name = ?4,
                modified = ?5, version = version + 1, body = ?6 WHERE sequence = ?1
            """,
            .integer(row.sequence), .optional(resource.userName), .optional(resource.externalId),
            .optional(resource.displayName), .text(time), .text(body))
        return SCIMResourceRow(
            sequence: row.sequence, id: row.id, body: body, created: row.created, modified: time,
            version: row.version + 1)
    }

    /// Writes the version of a resource whose members changed.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func write(_ touched: SCIMResourceRow) throws(StorageError) {
        try connection.run(
            "UPDATE scim_resources SET modified = ?2, version = ?3 WHERE sequence = ?1",
            .integer(touched.sequence), .text(touched.modified), .integer(touched.version))
    }

    /// Removes a resource, its members and its memberships.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(_ row: SCIMResourceRow) throws(StorageError) {
        try connection.run("DELETE FROM scim_resources WHERE sequence = ?1", .integer(row.sequence))
    }

    /// Removes all resources of a directory.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func deleteAll(directory: Int64) throws(StorageError) {
        try connection.run("DELETE FROM scim_resources WHERE directory = ?1", .integer(directory))
    }

    /// The resource of an identifier.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(
        id: String, type: SCIMResourceType, directory: Int64
    ) throws(StorageError) -> SCIMResourceRow? {
        try connection.first(
            SCIMResourceTable.one,
            .integer(directory), .integer(type.rawValue), .text(id), .key(id),
            make: SCIMResourceRow.init)
    }

    /// The resources whose attribute has a value, in their order.
    ///
    /// - Parameters:
    ///   - attribute: the attribute; `userName` and `displayName` are compared without case.
    ///   - value: the value.
    ///   - type: what they are.
    ///   - directory: the key of the directory.
    ///   - limit: rows at most.
    /// - Returns: the rows.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func find(
        _ attribute: SCIMIndexedAttribute, _ value: String, type: SCIMResourceType,
        directory: Int64, limit: Int
    ) throws(StorageError) -> [SCIMResourceRow] {
        let condition: SQL
        var value = value
        switch attribute {
        case .id: condition = SCIMResourceTable.byID
        case .externalId: condition = SCIMResourceTable.byExternalID
        case .member: condition = SCIMResourceTable.byMember
        case .userName:
            condition = SCIMResourceTable.byUserName
            value = value.lowercased()
        case .displayName:
            condition = SCIMResourceTable.byDisplayName
            value = value.lowercased()
        }
        // The index has those of one key in their order; a sorter of SQLite's would cost more than it.
        return try connection.rows(
            condition,
            [
                .integer(directory), .integer(type.rawValue), .text(value), .key(value),
                .integer(Int64(limit)),
            ], make: SCIMResourceRow.init
        ).sorted { $0.sequence < $1.sequence }
    }

    /// Whether another resource has this value; nil for a new one.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isTaken(
        _ attribute: SCIMIndexedAttribute, _ value: String, type: SCIMResourceType,
        directory: Int64, by other: Int64?
    ) throws(StorageError) -> Bool {
        guard other != nil || attribute != .userName else {
            let name = value.lowercased()
            return try connection.first(
                SCIMResourceTable.takenUserName, .integer(directory), .integer(type.rawValue),
                .text(name), .key(name)
            ) { (_) throws(StorageError) in true } ?? false
        }
        return try find(attribute, value, type: type, directory: directory, limit: 2)
            .contains { $0.sequence != other }
    }

    static let one: SQL =
        columns + "WHERE r.directory = ?1 AND +r.type = ?2 AND +r.id = ?3 AND key(r.id) = ?4 AND "
        + RowParts.ofResources
    static let takenUserName: SQL = """
        SELECT 1 FROM scim_resources WHERE directory = ?1 AND +type = ?2
            AND user_name IS NOT NULL AND +user_name = ?3 AND key(user_name) = ?4 LIMIT 1
        """
    static let taken: SQL =
        """
        SELECT 1 FROM scim_resources r
        WHERE r.directory = ?1 AND +r.type = ?2 AND +r.id = ?3 AND key(r.id) = ?4 AND 
        """ + RowParts.ofResources
    private static let end: SQL = " LIMIT ?5"
    // A sign stands before columns that are part of a key, where SQLite would put the value and find no
    // index, and before the type, whose index has more rows.
    private static let own: SQL = columns + "WHERE r.directory = ?1 AND +r.type = ?2 AND "
    static let byID = own + "+r.id = ?3 AND key(r.id) = ?4 AND " + RowParts.ofResources + end
    static let byUserName =
        own + "r.user_name IS NOT NULL AND +r.user_name = ?3 AND key(r.user_name) = ?4" + end
    static let byExternalID =
        own + "r.external_id IS NOT NULL AND +r.external_id = ?3 AND key(r.external_id) = ?4" + end
    static let byDisplayName =
        own + "r.display_name IS NOT NULL AND +r.display_name = ?3 AND key(r.display_name) = ?4"
        + " AND " + RowParts.ofResources + end
    static let byMember =
        columns + "JOIN scim_members m ON m.group_sequence = r.sequence "
        + "WHERE +r.directory = ?1 AND +r.type = ?2 AND +m.member = ?3 AND key(m.member) = ?4" + end
    private static let page = columns + "WHERE r.directory = ?1 AND r.type = ?2 "
    private static let byOffset = page + "ORDER BY r.sequence LIMIT ?3 OFFSET ?4"
    private static let byPlace = page + "AND r.sequence > ?4 ORDER BY r.sequence LIMIT ?3"

    /// One page of resources in their order, by the number of resources in front of it.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func page(
        type: SCIMResourceType, directory: Int64, offset: Int, limit: Int
    ) throws(StorageError) -> [SCIMResourceRow] {
        try connection.rows(
            SCIMResourceTable.byOffset,
            [
                .integer(directory), .integer(type.rawValue), .integer(Int64(limit)),
                .integer(Int64(offset)),
            ], make: SCIMResourceRow.init)
    }

    /// The next resources in their order, after a place.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func scan(
        type: SCIMResourceType, directory: Int64, after sequence: Int64, limit: Int
    ) throws(StorageError) -> [SCIMResourceRow] {
        try connection.rows(
            SCIMResourceTable.byPlace,
            [
                .integer(directory), .integer(type.rawValue), .integer(Int64(limit)),
                .integer(sequence),
            ], make: SCIMResourceRow.init)
    }

    /// The resource at a place.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(sequence: Int64) throws(StorageError) -> SCIMResourceRow? {
        try connection.first(
            SCIMResourceTable.columns + "WHERE r.sequence = ?1", .integer(sequence),
            make: SCIMResourceRow.init)
    }

    /// How many resources of a type a directory has.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count(type: SCIMResourceType, directory: Int64) throws(StorageError) -> Int64 {
        try connection.count(
            "SELECT count(*) FROM scim_resources WHERE directory = ?1 AND type = ?2",
            .integer(directory), .integer(type.rawValue))
    }
}

extension SCIMResourceRow {
    init(_ row: borrowing Row) throws(StorageError) {
        self.init(
            sequence: row.integer(0), id: row.text(1) ?? "", body: row.text(2) ?? "{}",
            created: row.text(3) ?? "", modified: row.text(4) ?? "", version: row.integer(5))
    }
}
