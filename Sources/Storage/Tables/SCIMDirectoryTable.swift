// The built-in target's directories: one for each service principal.

public import Model

/// What a request to a directory has to know of it.
public struct SCIMDirectory: Sendable {
    /// The directory's key; nil when nothing was written to it yet.
    public let key: Int64?
    /// The names of the behaviours that were asked for, with a blank between them.
    public let behaviours: String
    /// The job secret `SecretToken` of the service principal; nil when there is none.
    public let token: String?
    /// The job secret `AuthenticationType`; nil when there is none.
    public let authenticationType: String?
}

/// Rows of `scim_directories`.
public struct SCIMDirectoryTable {
    let connection: Connection

    /// The directory of a service principal; nil when neither of them exists.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(of servicePrincipal: GUID) throws(StorageError) -> SCIMDirectory? {
        try connection.first(
            """
            SELECT d.key, d.behaviours,
                (SELECT value FROM secrets
                    WHERE service_principal_id = ?1 AND key = 'SecretToken'),
                (SELECT value FROM secrets
                    WHERE service_principal_id = ?1 AND key = 'AuthenticationType')
            FROM (SELECT 1) LEFT JOIN scim_directories d ON d.service_principal_id = ?1
            WHERE d.key IS NOT NULL OR EXISTS (SELECT 1 FROM service_principals WHERE id = ?1)
            """, .text(servicePrincipal.description)
        ) { (row) throws(StorageError) in
            SCIMDirectory(
                key: row.isNull(0) ? nil : row.integer(0), behaviours: row.text(1) ?? "",
                token: row.text(2), authenticationType: row.text(3))
        }
    }

    /// The key of a service principal's directory, which is made if it is not there.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func make(for servicePrincipal: GUID) throws(StorageError) -> Int64 {
        try connection.run(
            """
            INSERT OR IGNORE INTO scim_directories (service_principal_id, behaviours)
            VALUES (?1, '')
            """, .text(servicePrincipal.description))
        return try connection.count(
            "SELECT key FROM scim_directories WHERE service_principal_id = ?1",
            .text(servicePrincipal.description))
    }

    /// Writes the names of a directory's behaviours.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func save(
        behaviours: String, of servicePrincipal: GUID
    ) throws(StorageError) {
        try connection.run(
            """
            INSERT INTO scim_directories (service_principal_id, behaviours) VALUES (?1, ?2)
            ON CONFLICT (service_principal_id) DO UPDATE SET behaviours = excluded.behaviours
            """, .text(servicePrincipal.description), .text(behaviours))
    }
}
