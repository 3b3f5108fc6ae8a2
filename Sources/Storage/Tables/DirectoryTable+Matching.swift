// The tenant's users and groups as inbound jobs look for them: by one of their values.

public import Model

extension DirectoryTable {
    /// The objects of a kind that have a value, deleted ones included; case does not count.
    ///
    /// - Parameters:
    ///   - kind: users or groups.
    ///   - path: the members of the JSON that lead to the value.
    ///   - value: the value.
    /// - Returns: the objects.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func find(
        _ kind: DirectoryKind, at path: [String], is value: String
    ) throws(StorageError) -> [StoredDirectoryObject] {
        let start: SQL = "SELECT body, deleted FROM " + kind.table
        var values: [SQLValue] = [.text(value.lowercased())]
        let condition: SQL
        switch path {
        case ["id"]: condition = " WHERE id = ?1"
        case ["userPrincipalName"] where kind == .user:
            condition = " WHERE user_principal_name = ?1"
        case ["mail"]: condition = " WHERE mail = ?1"
        case ["mailNickname"]: condition = " WHERE mail_nickname = ?1"
        case ["displayName"]: condition = " WHERE display_name = ?1"
        case ["employeeId"] where kind == .user: condition = " WHERE employee_id = ?1"
        case ["onPremisesImmutableId"] where kind == .user:
            condition = " WHERE on_premises_immutable_id = ?1"
        default:
            condition = " WHERE fold(json_extract(body, ?2)) = ?1"
            values.append(.text("$" + path.map { ".\"\($0)\"" }.joined()))
        }
        return try connection.rows(start + condition, values) { (row) throws(StorageError) in
            StoredDirectoryObject(
                kind: kind, object: try DirectoryObject(row, column: 0, table: kind.rawValue),
                deleted: row.isNull(1) ? nil : Timestamp(ticks: row.integer(1)))
        }
    }

    /// The groups in use whose members follow a rule.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func dynamicGroups() throws(StorageError) -> [DirectoryObject] {
        try connection.rows(
            """
            SELECT body FROM groups
            WHERE deleted IS NULL AND instr(body, '"DynamicMembership"') > 0 ORDER BY sequence
            """, []
        ) { (row) throws(StorageError) in
            try DirectoryObject(row, column: 0, table: "groups")
        }
    }

    /// Whether a user has a name, or had it before it was deleted: a principal name, or a nickname.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func isUserNameTaken(_ name: String) throws(StorageError) -> Bool {
        // A deleted user's name begins with its identifier, without dashes.
        try connection.first(
            """
            SELECT 1 FROM users WHERE user_principal_name = ?1 OR mail_nickname = ?1
            UNION ALL SELECT 1 FROM users
            WHERE deleted IS NOT NULL AND substr(user_principal_name, 33) = ?1 LIMIT 1
            """, .text(name.lowercased())
        ) { (_) throws(StorageError) in true } ?? false
    }
}
