// Who is assigned to which application, and with which role.

public import Model

/// Rows of `app_role_assignments`.
public struct AppRoleAssignmentTable {
    let connection: Connection

    /// Adds an assignment.
    ///
    /// - Parameters:
    ///   - id: the assignment's identifier.
    ///   - principal: the user or group that is assigned.
    ///   - resource: the service principal that it is assigned to.
    ///   - role: the role; all zeros for the default access.
    ///   - created: when it was made.
    /// - Throws: `StorageError.statement` when the same assignment is there already.
    public func insert(
        id: GUID, principal: GUID, resource: GUID, role: GUID, created: Timestamp
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO app_role_assignments
                (id, principal_id, resource_id, app_role_id, created)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """,
            .text(id.description), .text(principal.description), .text(resource.description),
            .text(role.description), .integer(created.ticks))
    }

    /// Whether the same assignment is there already.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func contains(
        principal: GUID, resource: GUID, role: GUID
    ) throws(StorageError) -> Bool {
        try connection.first(
            """
            SELECT 1 FROM app_role_assignments
            WHERE resource_id = ?1 AND principal_id = ?2 AND app_role_id = ?3
            """,
            .text(resource.description), .text(principal.description), .text(role.description)
        ) { (_) throws(StorageError) in true } ?? false
    }

    /// Removes an assignment of a principal or of a resource.
    ///
    /// - Parameters:
    ///   - id: the assignment's identifier.
    ///   - object: its principal or its resource.
    /// - Returns: whether it was there.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(id: GUID, of object: GUID) throws(StorageError) -> Bool {
        try connection.run(
            """
            DELETE FROM app_role_assignments
            WHERE id = ?1 AND (resource_id = ?2 OR principal_id = ?2)
            """, .text(id.description), .text(object.description))
        return connection.changedRows > 0
    }

    /// Removes all assignments of a role, as when the role goes.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func deleteAll(resource: GUID, role: GUID) throws(StorageError) {
        try connection.run(
            "DELETE FROM app_role_assignments WHERE resource_id = ?1 AND app_role_id = ?2",
            .text(resource.description), .text(role.description))
    }

    /// Which of the users and groups of the tenant a count is of.
    public struct Scope: Sendable {
        /// The application whose assignments count; nil for everybody.
        public var resource: GUID?
        /// Whether disabled users are left out.
        public var activeOnly: Bool
        /// The change after which an object must have changed; nil for all objects.
        public var changedAfter: Int64?

        /// Makes a scope.
        public init(resource: GUID?, activeOnly: Bool, changedAfter: Int64?) {
            self.resource = resource
            self.activeOnly = activeOnly
            self.changedAfter = changedAfter
        }

        fileprivate var values: [SQLValue] {
            [
                .optional(resource?.description), .integer(activeOnly ? 1 : 0),
                changedAfter.map(SQLValue.integer) ?? .null,
            ]
        }
    }

    /// How many users are in a scope; assigned ones are those assigned directly and the direct
    /// members of assigned groups, because groups within groups do not count.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func countUsers(_ scope: Scope) throws(StorageError) -> Int64 {
        try connection.count(
            """
            SELECT count(*) FROM users WHERE deleted IS NULL AND (?1 IS NULL OR id IN (
                SELECT principal_id FROM app_role_assignments WHERE resource_id = ?1
                UNION SELECT links.target_id FROM app_role_assignments
                    JOIN links ON links.source_id = principal_id AND links.name = 'member'
                    WHERE resource_id = ?1))
            AND (?2 = 0 OR account_enabled = 1)
            AND (?3 IS NULL OR id IN (SELECT object_id FROM changes
                WHERE directory = '' AND object_type = 'User' AND sequence > ?3))
            """, scope.values)
    }

    /// How many groups are in a scope; assigned ones are those assigned directly.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func countGroups(_ scope: Scope) throws(StorageError) -> Int64 {
        try connection.count(
            """
            SELECT count(*) FROM groups WHERE deleted IS NULL AND (?1 IS NULL OR id IN (
                SELECT principal_id FROM app_role_assignments WHERE resource_id = ?1))
            AND ?2 IN (0, 1)
            AND (?3 IS NULL OR id IN (SELECT object_id FROM changes
                WHERE directory = '' AND object_type = 'Group' AND sequence > ?3))
            """, scope.values)
    }
}
