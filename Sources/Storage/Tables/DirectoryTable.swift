// The four kinds of directory objects as one: found by identifier, deleted and brought back.

public import Model

extension DirectoryKind {
    var table: SQL {
        switch self {
        case .user: "users"
        case .group: "groups"
        case .application: "applications"
        case .servicePrincipal: "service_principals"
        }
    }
}

/// Rows of `users`, `groups`, `applications` and `service_principals`.
public struct DirectoryTable {
    let connection: Connection

    /// The object of a kind and an identifier, deleted or not.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(
        _ kind: DirectoryKind, id: GUID
    ) throws(StorageError) -> StoredDirectoryObject? {
        try first(kind, where: "id = ?1", id.description)
    }

    /// The object of an identifier, whatever its kind, deleted or not.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(id: GUID) throws(StorageError) -> StoredDirectoryObject? {
        for kind in DirectoryKind.allCases {
            if let found = try load(kind, id: id) { return found }
        }
        return nil
    }

    /// The user of a user principal name, without regard to case.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func loadUser(
        userPrincipalName name: String
    ) throws(StorageError) -> StoredDirectoryObject? {
        try first(.user, where: "user_principal_name = ?1", name.lowercased())
    }

    /// The application or service principal of an application's identifier.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(
        _ kind: DirectoryKind, appID: GUID
    ) throws(StorageError) -> StoredDirectoryObject? {
        try first(kind, where: "app_id = ?1", appID.description)
    }

    /// The application of a unique name, without regard to case.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func loadApplication(
        uniqueName: String
    ) throws(StorageError) -> StoredDirectoryObject? {
        try first(.application, where: "unique_name = ?1", uniqueName.lowercased())
    }

    /// The application in use that has an identifier URI.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func loadApplicationID(identifierURI: String) throws(StorageError) -> GUID? {
        try connection.first(
            """
            SELECT id FROM applications WHERE deleted IS NULL AND EXISTS (
                SELECT 1 FROM json_each(body, '$.identifierUris') WHERE value = ?1)
            """, .text(identifierURI)
        ) { (row) throws(StorageError) in row.text(0).flatMap { GUID(parsing: $0) } } ?? nil
    }

    /// Objects of a kind other than one that have the same mail nickname, without regard to case.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func loadOthers(
        _ kind: DirectoryKind, mailNickname: String, than id: GUID
    ) throws(StorageError) -> [DirectoryObject] {
        try connection.rows(
            "SELECT body FROM " + kind.table
                + " WHERE mail_nickname = ?1 AND id <> ?2 AND deleted IS NULL",
            [.text(mailNickname.lowercased()), .text(id.description)]
        ) { (row) throws(StorageError) in
            try DirectoryObject(row, column: 0, table: kind.rawValue)
        }
    }

    /// The service principal that was deleted together with its application.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func loadDeletedServicePrincipal(
        of appID: GUID, deleted: Timestamp?
    ) throws(StorageError) -> GUID? {
        try connection.first(
            """
            SELECT id FROM service_principals
            WHERE deleted = ?2 AND json_extract(body, '$.appId') = ?1
            """,
            .text(appID.description), deleted.map { SQLValue.integer($0.ticks) } ?? .null
        ) { (row) throws(StorageError) in row.text(0).flatMap { GUID(parsing: $0) } } ?? nil
    }

    /// Adds an object.
    ///
    /// - Throws: `StorageError.statement` when an identifier of it is taken.
    public func insert(_ kind: DirectoryKind, _ object: DirectoryObject) throws(StorageError) {
        switch kind {
        case .user: try UserTable(connection: connection).insert(object)
        case .group: try GroupTable(connection: connection).insert(object)
        case .application: try ApplicationTable(connection: connection).insert(object)
        case .servicePrincipal: try ServicePrincipalTable(connection: connection).insert(object)
        }
    }

    /// Writes an object over the one of its identifier.
    ///
    /// - Throws: `StorageError.statement` when an identifier of it is taken.
    public func update(_ kind: DirectoryKind, _ object: DirectoryObject) throws(StorageError) {
        switch kind {
        case .user: try UserTable(connection: connection).update(object)
        case .group: try GroupTable(connection: connection).update(object)
        case .application: try ApplicationTable(connection: connection).update(object)
        case .servicePrincipal: try ServicePrincipalTable(connection: connection).update(object)
        }
    }

    /// Marks an object as deleted at an instant, or as in use again.
    ///
    /// - Throws: `StorageError.statement` when a service principal's `appId` is taken meanwhile.
    public func mark(
        _ kind: DirectoryKind, id: GUID, deleted: Timestamp?
    ) throws(StorageError) {
        try connection.run(
            "UPDATE " + kind.table + " SET deleted = ?2 WHERE id = ?1", .text(id.description),
            deleted.map { SQLValue.integer($0.ticks) } ?? .null)
        guard kind == .servicePrincipal else { return }
        // A deleted one leaves its application's identifier to a new one.
        try connection.run(
            """
            UPDATE service_principals SET app_id = iif(?2 IS NULL, '', id || '/')
                || json_extract(body, '$.appId')
            WHERE id = ?1
            """,
            .text(id.description), deleted.map { SQLValue.integer($0.ticks) } ?? .null)
    }

    /// Removes an object for good, with its links, assignments, secrets and extension properties.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func delete(_ kind: DirectoryKind, id: GUID) throws(StorageError) {
        let key = SQLValue.text(id.description)
        try connection.run("DELETE FROM links WHERE source_id = ?1 OR target_id = ?1", key)
        try connection.run(
            "DELETE FROM app_role_assignments WHERE principal_id = ?1 OR resource_id = ?1", key)
        try connection.run("DELETE FROM password_credentials WHERE owner_id = ?1", key)
        if kind == .servicePrincipal {
            try connection.run("DELETE FROM secrets WHERE service_principal_id = ?1", key)
            try connection.run("DELETE FROM directory_objects WHERE service_principal_id = ?1", key)
        }
        if kind == .application {
            try connection.run("DELETE FROM extension_properties WHERE application_id = ?1", key)
        }
        try connection.run("DELETE FROM " + kind.table + " WHERE id = ?1", key)
    }

    private func first(
        _ kind: DirectoryKind, where condition: SQL, _ value: String
    ) throws(StorageError) -> StoredDirectoryObject? {
        try connection.first(
            "SELECT body, deleted FROM " + kind.table + " WHERE " + condition, .text(value)
        ) { (row) throws(StorageError) in
            StoredDirectoryObject(
                kind: kind,
                object: try DirectoryObject(row, column: 0, table: kind.rawValue),
                deleted: row.isNull(1) ? nil : Timestamp(ticks: row.integer(1)))
        }
    }
}
