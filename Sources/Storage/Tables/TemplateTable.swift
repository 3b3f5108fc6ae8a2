// Templates as the owners of applications changed or made them.

public import Model

/// Rows of `template_customizations`.
public struct TemplateTable {
    let connection: Connection

    private static let columns: SQL =
        "SELECT template_id, body, schema, is_deleted FROM template_customizations "

    /// All that is changed for a service principal, in the order it first was.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(of servicePrincipal: GUID) throws(StorageError) -> [TemplateCustomization] {
        try connection.rows(
            TemplateTable.columns + "WHERE service_principal_id = ?1 ORDER BY sequence",
            [.text(servicePrincipal.description)]
        ) { (row) throws(StorageError) in try TemplateCustomization(row) }
    }

    /// What is changed of one template; nil for nothing.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(
        _ templateID: String, of servicePrincipal: GUID
    ) throws(StorageError) -> TemplateCustomization? {
        try connection.first(
            TemplateTable.columns + "WHERE service_principal_id = ?1 AND template_id = ?2",
            .text(servicePrincipal.description), .text(templateID)
        ) { (row) throws(StorageError) in try TemplateCustomization(row) }
    }

    /// Writes what is changed of a template.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(
        _ changed: TemplateCustomization, of servicePrincipal: GUID
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO template_customizations
                (service_principal_id, template_id, body, schema, is_deleted)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (service_principal_id, template_id) DO UPDATE SET
                body = excluded.body, schema = excluded.schema, is_deleted = excluded.is_deleted
            """,
            .text(servicePrincipal.description), .text(changed.templateID),
            .optional(changed.template.map { JSONValue.object($0).text }),
            .optional(changed.schema.map { JSONValue.object($0.json).text }),
            .integer(changed.isDeleted ? 1 : 0))
    }

    /// Forgets all that is changed for a service principal.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func deleteAll(of servicePrincipal: GUID) throws(StorageError) {
        try connection.run(
            "DELETE FROM template_customizations WHERE service_principal_id = ?1",
            .text(servicePrincipal.description))
    }
}

extension TemplateCustomization {
    /// Reads `template_id, body, schema, is_deleted`.
    init(_ row: borrowing Row) throws(StorageError) {
        let id = row.text(0) ?? ""
        func object(_ text: String?) throws(StorageError) -> JSONObject? {
            guard let text else { return nil }
            guard let object = try? JSONValue(parsing: text).object else {
                throw StorageError.unreadableRow(table: "template_customizations", key: id)
            }
            return object
        }
        self.init(
            templateID: id, template: try object(row.text(1)),
            schema: try object(row.text(2)).map { SynchronizationSchema(normalized: $0) },
            isDeleted: row.integer(3) == 1)
    }
}
