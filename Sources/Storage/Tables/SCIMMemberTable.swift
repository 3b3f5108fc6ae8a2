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

    /// Adds a member; one that is there already stays as it is.
    ///
    /// - Returns: whether it is new.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func insert(_ member: SCIMMember, group: Int64) throws(StorageError) -> Bool {
        try connection.run(
            "INSERT OR IGNORE INTO scim_members (group_sequence, member, body) VALUES (?1, ?2, ?3)",
            .integer(group), .text(member.value), .optional(member.json))
        return connection.changedRows > 0
    }

    /// Removes a member.
    ///
    /// - Returns: whether it was there.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(_ value: String, group: Int64) throws(StorageError) -> Bool {
        try connection.run(
            "DELETE FROM scim_members WHERE group_sequence = ?1 AND member = ?2",
            .integer(group), .text(value))
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
            """
            SELECT m.member, m.body,
                (SELECT max(r.type) FROM scim_resources r
                    WHERE r.directory = ?2 AND r.type IN (0, 1) AND r.id = m.member)
            FROM scim_members m WHERE m.group_sequence = ?1 ORDER BY m.sequence
            """, [.integer(group), .integer(directory)], make: SCIMMember.init)
    }

    /// A member of a group; nil when it is none.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(_ value: String, group: Int64) throws(StorageError) -> SCIMMember? {
        try connection.first(
            """
            SELECT member, body, NULL FROM scim_members
            WHERE group_sequence = ?1 AND member = ?2
            """, .integer(group), .text(value), make: SCIMMember.init)
    }

    /// The groups that a resource is a member of, each with its identifier and its whole body.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func groups(
        of value: String, directory: Int64
    ) throws(StorageError) -> [(id: String, body: String)] {
        try connection.rows(
            """
            SELECT r.id, r.body FROM scim_members m
            JOIN scim_resources r ON r.sequence = m.group_sequence
            WHERE m.member = ?1 AND r.directory = ?2 ORDER BY r.sequence
            """, [.text(value), .integer(directory)]
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
