// Who is a member of which group of the built-in target.

public import Model

/// A member of a group.
public struct SCIMMember: Sendable, Equatable {
    /// The member's identifier.
    public let value: String
    /// The member's JSON as it was written; nil when it has a `value` only.
    public let json: String?
    /// What the member is; nil when no resource has the identifier.
    public let type: SCIMResourceType?

    /// Makes a member.
    public init(value: String, json: String? = nil, type: SCIMResourceType? = nil) {
        self.value = value
        self.json = json
        self.type = type
    }
}

/// Rows of `scim_members`.
public struct SCIMMemberTable {
    let connection: Connection

    // With a sign before columns that stand in a key, or SQLite would put the value there and find no index.
    static let removal: SQL = """
        DELETE FROM scim_members WHERE key(member) = ?1 AND group_sequence = ?2
            AND +member = ?3
        """
    static let ofGroup: SQL =
        """
        SELECT m.member, m.body,
            (SELECT max(+r.type) FROM scim_resources r
                WHERE r.directory = ?2 AND +r.type IN (0, 1) AND key(r.id) = key(m.member)
                    AND +r.id = m.member AND 
        """ + RowParts.ofResources
        + ") FROM scim_members m WHERE m.group_sequence = ?1 ORDER BY m.sequence"
    static let one: SQL = """
        SELECT member, body, NULL FROM scim_members
        WHERE key(member) = ?1 AND group_sequence = ?2 AND +member = ?3
        """
    static let groups: SQL = """
        SELECT r.id, r.body FROM scim_members m
        JOIN scim_resources r ON r.sequence = m.group_sequence
        WHERE key(m.member) = ?1 AND +m.member = ?2 AND r.directory = ?3 ORDER BY r.sequence
        """

    /// Adds a member; one that is there already stays as it is.
    ///
    /// - Returns: whether it is new.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func insert(_ member: SCIMMember, group: Int64) throws(StorageError) -> Bool {
        let isThere = try connection.first(
            SCIMMemberTable.one, .key(member.value), .integer(group), .text(member.value)
        ) { (_) throws(StorageError) in true }
        if isThere != nil { return false }
        try connection.run(
            "INSERT INTO scim_members (group_sequence, member, body) VALUES (?1, ?2, ?3)",
            .integer(group), .text(member.value), .optional(member.json))
        return true
    }

    /// Removes a member.
    ///
    /// - Returns: whether it was there.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(_ value: String, group: Int64) throws(StorageError) -> Bool {
        try connection.run(
            SCIMMemberTable.removal, .key(value), .integer(group), .text(value))
        return connection.changedRows > 0
    }

    /// Removes all members.
    ///
    /// - Returns: whether there were any.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func deleteAll(group: Int64) throws(StorageError) -> Bool {
        try connection.run("DELETE FROM scim_members WHERE group_sequence = ?1", .integer(group))
        return connection.changedRows > 0
    }

    /// All members of a group, in the order they came.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(group: Int64, directory: Int64) throws(StorageError) -> [SCIMMember] {
        try connection.rows(
            SCIMMemberTable.ofGroup, [.integer(group), .integer(directory)], make: SCIMMember.init)
    }

    /// A member of a group; nil when it is none.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(_ value: String, group: Int64) throws(StorageError) -> SCIMMember? {
        try connection.first(
            SCIMMemberTable.one, .key(value), .integer(group), .text(value), make: SCIMMember.init)
    }

    /// The groups that a resource is a member of, each with its identifier and its whole body.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func groups(
        of value: String, directory: Int64
    ) throws(StorageError) -> [(id: String, body: String)] {
        try connection.rows(
            SCIMMemberTable.groups, [.key(value), .text(value), .integer(directory)]
        ) { (row) throws(StorageError) in (row.text(0) ?? "", row.text(1) ?? "{}") }
    }
}

extension SCIMMember {
    init(_ row: borrowing Row) throws(StorageError) {
        self.init(
            value: row.text(0) ?? "", json: row.text(1),
            type: row.isNull(2) ? nil : SCIMResourceType(rawValue: row.integer(2)))
    }
}
