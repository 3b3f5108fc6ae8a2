// Service principals: the applications' faces in the tenant.

public import Model

/// Rows of `service_principals`.
public struct ServicePrincipalTable {
    let connection: Connection

    /// The service principal of an id.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(id: GUID) throws(StorageError) -> DirectoryObject? {
        try connection.first(
            "SELECT body FROM service_principals WHERE id = ?1 AND deleted IS NULL",
            .text(id.description)
        ) { (row) throws(StorageError) in
            try DirectoryObject(row, column: 0, table: "service_principals")
        }
    }

    /// The service principal of an application's id.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(appID: GUID) throws(StorageError) -> DirectoryObject? {
        try connection.first(
            "SELECT body FROM service_principals WHERE app_id = ?1 AND deleted IS NULL",
            .text(appID.description)
        ) { (row) throws(StorageError) in
            try DirectoryObject(row, column: 0, table: "service_principals")
        }
    }

    /// Adds a service principal.
    ///
    /// - Throws: `StorageError.statement` when its id or its application's id is taken.
    public func insert(_ object: DirectoryObject) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO service_principals (id, app_id, display_name, service_principal_type,
                account_enabled, application_template_id, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """,
            .text(object.id.description), .optional(object.appID?.description),
            .optional(object.json["displayName"]?.string?.lowercased()),
            .optional(object.json["servicePrincipalType"]?.string?.lowercased()),
            .integer(object.json["accountEnabled"]?.bool == false ? 0 : 1),
            .optional(object.json["applicationTemplateId"]?.string?.lowercased()),
            .text(JSONValue.object(object.json).text))
    }

    /// Writes a service principal over the one of its id.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func update(_ object: DirectoryObject) throws(StorageError) {
        try connection.run(
            """
            UPDATE service_principals SET display_name = ?2, service_principal_type = ?3,
                account_enabled = ?4, body = ?5
            WHERE id = ?1
            """,
            .text(object.id.description),
            .optional(object.json["displayName"]?.string?.lowercased()),
            .optional(object.json["servicePrincipalType"]?.string?.lowercased()),
            .integer(object.json["accountEnabled"]?.bool == false ? 0 : 1),
            .text(JSONValue.object(object.json).text))
    }

    /// How many there are.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count() throws(StorageError) -> Int64 {
        try connection.count("SELECT count FROM tallies WHERE name = 'service_principals'")
    }
}

extension Connection {
    /// The one integer that a query gives.
    func count(_ sql: SQL, _ values: SQLValue...) throws(StorageError) -> Int64 {
        try count(sql, values)
    }

    /// The one integer that a query gives.
    func count(_ sql: SQL, _ values: [SQLValue]) throws(StorageError) -> Int64 {
        try rows(sql, values) { (row) throws(StorageError) in row.integer(0) }.first ?? 0
    }
}
