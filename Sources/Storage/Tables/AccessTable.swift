// Who may do what: secrets, passwords, roles, grants and ownership.

public import Model

/// Rows of `client_secrets`, `user_passwords` and `directory_roles`, and what others say of access.
public struct AccessTable {
    let connection: Connection

    /// Gives an application a secret that never ends.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func addSecret(_ secret: String, app: GUID) throws(StorageError) {
        try connection.run(
            "INSERT OR IGNORE INTO client_secrets (app_id, secret) VALUES (?1, ?2)",
            .text(app.description), .text(secret))
    }

    /// Whether a text is such a secret of an application.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isSecret(_ secret: String, app: GUID) throws(StorageError) -> Bool {
        try connection.count(
            "SELECT count(*) FROM client_secrets WHERE app_id = ?1 AND secret = ?2",
            .text(app.description), .text(secret)) > 0
    }

    /// Sets a user's password.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func savePassword(_ password: String, user: GUID) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO user_passwords (user_id, password) VALUES (?1, ?2)
            ON CONFLICT (user_id) DO UPDATE SET password = excluded.password
            """, .text(user.description), .text(password))
    }

    /// A user's password; nil for one who was given none.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func password(user: GUID) throws(StorageError) -> String? {
        try connection.first(
            "SELECT password FROM user_passwords WHERE user_id = ?1", .text(user.description)
        ) { (row) throws(StorageError) in row.text(0) } ?? nil
    }

    /// Gives a user a directory role.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func addRole(template: GUID, user: GUID) throws(StorageError) {
        try connection.run(
            "INSERT OR IGNORE INTO directory_roles (user_id, role_template_id) VALUES (?1, ?2)",
            .text(user.description), .text(template.description))
    }

    /// The templates of a user's directory roles.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func roles(user: GUID) throws(StorageError) -> [GUID] {
        try identifiers(
            "SELECT role_template_id FROM directory_roles WHERE user_id = ?1", user)
    }

    /// The user of a principal name.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func user(named name: String) throws(StorageError) -> DirectoryObject? {
        try connection.first(
            "SELECT body FROM users WHERE user_principal_name = ?1 AND deleted IS NULL",
            .text(name.lowercased())
        ) { (row) throws(StorageError) in try DirectoryObject(row, column: 0, table: "users") }
    }

    /// The roles of a resource that a principal was granted.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func grants(of principal: GUID, on resource: GUID) throws(StorageError) -> [GUID] {
        try connection.rows(
            """
            SELECT app_role_id FROM app_role_assignments
            WHERE principal_id = ?1 AND resource_id = ?2 ORDER BY sequence
            """, [.text(principal.description), .text(resource.description)]
        ) { (row) throws(StorageError) in row.text(0).flatMap { GUID(parsing: $0) } ?? .zero }
    }

    /// The application of an application's identifier.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func application(appID: GUID) throws(StorageError) -> DirectoryObject? {
        try connection.first(
            "SELECT body FROM applications WHERE app_id = ?1 AND deleted IS NULL",
            .text(appID.description)
        ) { (row) throws(StorageError) in
            try DirectoryObject(row, column: 0, table: "applications")
        }
    }

    /// The service principal that has a name among its `servicePrincipalNames`.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func servicePrincipal(named name: String) throws(StorageError) -> DirectoryObject? {
        try connection.first(
            """
            SELECT body FROM service_principals WHERE deleted IS NULL AND EXISTS (SELECT 1 FROM
                json_each(service_principals.body, '$.servicePrincipalNames') WHERE value = ?1)
            """, .text(name)
        ) { (row) throws(StorageError) in
            try DirectoryObject(row, column: 0, table: "service_principals")
        }
    }

    /// Makes a principal an owner of an object.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func addOwner(_ owner: GUID, of object: GUID) throws(StorageError) {
        try connection.run(
            """
            INSERT OR IGNORE INTO links (source_id, name, target_id) VALUES (?1, 'owner', ?2)
            """, .text(object.description), .text(owner.description))
    }

    /// Whether a principal is an owner of an object.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isOwner(_ owner: GUID, of object: GUID) throws(StorageError) -> Bool {
        try connection.count(
            """
            SELECT count(*) FROM links WHERE source_id = ?1 AND name = 'owner' AND target_id = ?2
            """, .text(object.description), .text(owner.description)) > 0
    }

    private func identifiers(_ sql: SQL, _ owner: GUID) throws(StorageError) -> [GUID] {
        try connection.rows(sql, [.text(owner.description)]) { (row) throws(StorageError) in
            row.text(0).flatMap { GUID(parsing: $0) } ?? .zero
        }
    }
}
