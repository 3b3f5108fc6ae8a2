// Everything that an export reads, table by table, in the order it was made.

public import Model

/// An object of a directory beside the tenant's own.
public struct DirectoryObjectRow: Sendable {
    /// The application that the directory belongs to.
    public let servicePrincipal: String
    /// The directory's name.
    public let directory: String
    /// The name of the object's type.
    public let objectType: String
    /// The object's anchor.
    public let id: String
    /// The object's attributes.
    public let attributes: JSONObject
}

/// Whole tables, as an export reads them.
public struct ExportTable {
    let connection: Connection

    /// A table whose rows are objects of the tenant's directory.
    public enum Table: Sendable {
        case users, groups, applications, servicePrincipals
    }

    /// The live objects of a table.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func objects(of table: Table) throws(StorageError) -> [JSONObject] {
        let sql: SQL =
            switch table {
            case .users: "SELECT body FROM users WHERE deleted IS NULL ORDER BY sequence"
            case .groups: "SELECT body FROM groups WHERE deleted IS NULL ORDER BY sequence"
            case .applications:
                "SELECT body FROM applications WHERE deleted IS NULL ORDER BY sequence"
            case .servicePrincipals:
                "SELECT body FROM service_principals WHERE deleted IS NULL ORDER BY sequence"
            }
        return try connection.rows(sql, []) { (row) throws(StorageError) in
            try ExportTable.object(row.text(0), table: "directory")
        }
    }

    /// Source and target of all links of a name.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func links(
        _ name: LinkTable.Name
    ) throws(StorageError) -> [(source: String, target: String)] {
        try connection.rows(
            """
            SELECT source_id, target_id FROM links WHERE name = ?1 ORDER BY source_id, target_id
            """, [.text(name.rawValue)]
        ) { (row) throws(StorageError) in (row.text(0) ?? "", row.text(1) ?? "") }
    }

    /// All assignments to applications, as seeds have them.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func assignments() throws(StorageError) -> [JSONObject] {
        try connection.rows(
            """
            SELECT id, principal_id, resource_id, app_role_id, created
            FROM app_role_assignments ORDER BY sequence
            """, []
        ) { (row) throws(StorageError) in
            JSONObject([
                ("id", .optional(row.text(0))), ("principalId", .optional(row.text(1))),
                ("resourceId", .optional(row.text(2))), ("appRoleId", .optional(row.text(3))),
                ("createdDateTime", .string(Timestamp(ticks: row.integer(4)).description)),
            ])
        }
    }

    /// All secrets with their owners.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func secrets() throws(StorageError) -> [(owner: String, key: String, value: String)] {
        try connection.rows(
            "SELECT service_principal_id, key, value FROM secrets ORDER BY sequence", []
        ) { (row) throws(StorageError) in
            (row.text(0) ?? "", row.text(1) ?? "", row.text(2) ?? "")
        }
    }

    /// All objects of directories beside the tenant's own.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func directoryObjects() throws(StorageError) -> [DirectoryObjectRow] {
        try connection.rows(
            """
            SELECT service_principal_id, directory, object_type, id, body
            FROM directory_objects ORDER BY sequence
            """, []
        ) { (row) throws(StorageError) in
            DirectoryObjectRow(
                servicePrincipal: row.text(0) ?? "", directory: row.text(1) ?? "",
                objectType: row.text(2) ?? "", id: row.text(3) ?? "",
                attributes: try ExportTable.object(row.text(4), table: "directory_objects"))
        }
    }

    /// The applications that have a directory in the built-in target, with its key.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func targetOwners() throws(StorageError) -> [(servicePrincipal: GUID, key: Int64)] {
        try connection.rows(
            "SELECT service_principal_id, key FROM scim_directories ORDER BY key", []
        ) { (row) throws(StorageError) in
            (row.text(0).flatMap { GUID(parsing: $0) } ?? .zero, row.integer(1))
        }
    }

    private static func object(
        _ text: String?, table: String
    ) throws(StorageError) -> JSONObject {
        let text = text ?? ""
        guard let object = (try? JSONValue(parsing: text))?.object else {
            throw StorageError.unreadableRow(table: table, key: String(text.prefix(60)))
        }
        return object
    }
}
