// The source's objects as cycles read them: page by page in the order of their making, or one by one.

public import Model

/// An object of the source.
public struct SourceRow: Sendable {
    /// Its place in the order of making.
    public var sequence: Int64
    /// Its identifier in the source.
    public var id: String
    /// The whole object, as the row has it.
    let text: String
    /// Whether it is deleted, but can be restored.
    public var isDeleted: Bool

    /// The whole object; each call parses it.
    ///
    /// - Throws: `StorageError.unreadableRow` for a row that is no JSON object.
    public func body() throws(StorageError) -> JSONObject {
        guard let body = try? JSONValue(parsing: text).object else {
            throw StorageError.unreadableRow(table: "users", key: id)
        }
        return body
    }
}

/// Rows of `users`, `groups` and `directory_objects`, the deleted ones included.
public struct SourceTable {
    let connection: Connection

    /// A page of the objects of one type.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func page(
        of directory: DirectoryName, objectType: String, after sequence: Int64, limit: Int64
    ) throws(StorageError) -> [SourceRow] {
        let window: [SQLValue] = [.integer(sequence), .integer(limit)]
        switch directory {
        case .tenant where objectType == "User":
            return try rows(
                """
                SELECT sequence, id, body, deleted IS NOT NULL FROM users
                WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
                """, window)
        case .tenant where objectType == "Group":
            return try rows(
                """
                SELECT sequence, id, body, deleted IS NOT NULL FROM groups
                WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
                """, window)
        case .tenant: return []
        case .application(let servicePrincipal, let name):
            return try rows(
                """
                SELECT sequence, id, body, 0 FROM directory_objects
                WHERE sequence > ?1 AND service_principal_id = ?3 AND directory = ?4
                    AND object_type = ?5
                ORDER BY sequence LIMIT ?2
                """,
                window + [.text(servicePrincipal.description), .text(name), .text(objectType)])
        }
    }

    /// One object; nil when the source has none of it any more.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(
        _ id: String, of directory: DirectoryName, objectType: String
    ) throws(StorageError) -> SourceRow? {
        switch directory {
        case .tenant where objectType == "User":
            return try rows(
                "SELECT sequence, id, body, deleted IS NOT NULL FROM users WHERE id = ?1",
                [.text(id)]
            ).first
        case .tenant where objectType == "Group":
            return try rows(
                "SELECT sequence, id, body, deleted IS NOT NULL FROM groups WHERE id = ?1",
                [.text(id)]
            ).first
        case .tenant: return nil
        case .application(let servicePrincipal, let name):
            return try rows(
                """
                SELECT sequence, id, body, 0 FROM directory_objects
                WHERE service_principal_id = ?2 AND directory = ?3 AND object_type = ?4
                    AND id = ?1
                """,
                [
                    .text(id), .text(servicePrincipal.description), .text(name),
                    .text(objectType),
                ]
            ).first
        }
    }

    /// The identifier of an on-premises object by its distinguished name; case does not count.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func find(
        distinguishedName: String, servicePrincipal: GUID, directory: String
    ) throws(StorageError) -> String? {
        try connection.first(
            """
            SELECT id FROM directory_objects
            WHERE json_extract(body, '$.distinguishedName') IS NOT NULL
                AND fold(json_extract(body, '$.distinguishedName')) = ?3
                AND service_principal_id = ?1 AND directory = ?2 LIMIT 1
            """,
            .text(servicePrincipal.description), .text(directory),
            .text(distinguishedName.lowercased())
        ) { (row) throws(StorageError) in row.text(0) ?? "" }
    }

    /// The identifier of a worker by its number; one that is active goes first.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func find(
        workerID: String, servicePrincipal: GUID, directory: String
    ) throws(StorageError) -> String? {
        try connection.first(
            """
            SELECT id FROM directory_objects
            WHERE service_principal_id = ?1 AND directory = ?2
                AND json_extract(body, '$.WorkerID') = ?3
            ORDER BY json_extract(body, '$.Active') = '1' DESC, sequence LIMIT 1
            """, .text(servicePrincipal.description), .text(directory), .text(workerID)
        ) { (row) throws(StorageError) in row.text(0) ?? "" }
    }

    /// The distinguished names of the direct members of on-premises groups, in lower case.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func members(
        ofGroups groups: [String], servicePrincipal: GUID, directory: String
    ) throws(StorageError) -> Set<String> {
        var members: Set<String> = []
        for group in groups {
            let names = try connection.rows(
                """
                SELECT fold(m.value) FROM directory_objects o, json_each(o.body, '$.member') m
                WHERE json_extract(o.body, '$.distinguishedName') IS NOT NULL
                    AND fold(json_extract(o.body, '$.distinguishedName')) = ?3
                    AND o.service_principal_id = ?1 AND o.directory = ?2 AND m.type = 'text'
                """,
                [
                    .text(servicePrincipal.description), .text(directory),
                    .text(group.lowercased()),
                ]
            ) { (row) throws(StorageError) in row.text(0) ?? "" }
            members.formUnion(names)
        }
        return members
    }

    /// The roles that a principal has in an application, its own and those of its groups.
    ///
    /// Only security-enabled groups hand their assignments on, and only to users who are direct members.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func roles(
        of principal: String, resource: GUID
    ) throws(StorageError) -> [String] {
        try connection.rows(
            """
            SELECT app_role_id FROM app_role_assignments
            WHERE resource_id = ?1 AND principal_id = ?2
            UNION SELECT a.app_role_id FROM links l
            JOIN app_role_assignments a ON a.resource_id = ?1 AND a.principal_id = l.source_id
            JOIN groups g ON g.id = l.source_id AND g.deleted IS NULL AND g.security_enabled = 1
            WHERE l.target_id = ?2 AND l.name = 'member'
                AND NOT EXISTS (SELECT 1 FROM groups n WHERE n.id = ?2)
            """,
            [.text(resource.description), .text(principal)]
        ) { (row) throws(StorageError) in row.text(0) ?? "" }
    }

    private func rows(_ sql: SQL, _ values: [SQLValue]) throws(StorageError) -> [SourceRow] {
        try connection.rows(sql, values) { (row) throws(StorageError) in
            SourceRow(
                sequence: row.integer(0), id: row.text(1) ?? "", text: row.text(2) ?? "",
                isDeleted: row.integer(3) == 1)
        }
    }
}
