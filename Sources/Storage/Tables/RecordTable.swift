// The tables that no list of a seed stands for: how an export reads their rows, and a seed writes them.

/// A table whose rows are exported as they are, without the number of their place.
public struct RecordTable: Sendable {
    /// The table's name.
    public var name: String { table.text }
    /// The names of its columns.
    public var columnNames: [String] {
        columns.text.split { $0 == "," || $0 == " " || $0 == "\n" }.map(String.init)
    }
    /// The columns that hold JSON.
    public let json: Set<String>
    /// The column that holds a secret.
    public let secret: String?

    let table: SQL
    let columns: SQL
    /// What comes after `FROM`.
    let source: SQL
    /// What comes after the values.
    let conflict: SQL
    /// What finds the row that has the same place, by the values of some columns; nil where a constraint
    /// does.
    let taken: Taken?
    /// A column that is not exported, and the value it has by the numbers of the columns.
    let computed: (column: SQL, value: SQL)?

    struct Taken: Sendable {
        let condition: SQL
        let columns: [String]
    }

    private init(
        _ table: SQL, _ columns: SQL, from source: SQL, json: Set<String> = [],
        secret: String? = nil, conflict: SQL = "", taken: Taken? = nil,
        computed: (column: SQL, value: SQL)? = nil
    ) {
        self.table = table
        self.columns = columns
        self.source = source
        self.json = json
        self.secret = secret
        self.conflict = conflict
        self.taken = taken
        self.computed = computed
    }
}

// MARK: Which there are

extension RecordTable {
    /// What the tenant's own directory consists of beside live objects: it comes before jobs.
    public static let directory: [RecordTable] = [
        RecordTable(
            "users", "id, user_principal_name, display_name, account_enabled, deleted, body",
            from: "users WHERE deleted IS NOT NULL ORDER BY sequence", json: ["body"]),
        RecordTable(
            "groups", "id, display_name, deleted, body",
            from: "groups WHERE deleted IS NOT NULL ORDER BY sequence", json: ["body"]),
        RecordTable(
            "applications", "id, app_id, display_name, deleted, body",
            from: "applications WHERE deleted IS NOT NULL ORDER BY sequence", json: ["body"]),
        RecordTable(
            "service_principals",
            """
            id, app_id, display_name, service_principal_type, account_enabled,
            application_template_id, deleted, body
            """,
            from: "service_principals WHERE deleted IS NOT NULL ORDER BY sequence",
            json: ["body"]),
        RecordTable(
            "links", "source_id, name, target_id",
            from: """
                links WHERE name = 'owner'
                OR NOT EXISTS (SELECT 1 FROM users WHERE id = source_id AND deleted IS NULL)
                AND NOT EXISTS (SELECT 1 FROM groups WHERE id = source_id AND deleted IS NULL)
                ORDER BY source_id, name, target_id
                """, conflict: " ON CONFLICT DO NOTHING"),
        RecordTable(
            "extension_properties", "id, application_id, name, deleted, body",
            from: "extension_properties ORDER BY sequence", json: ["body"]),
        RecordTable(
            "password_credentials", "key_id, owner_id, secret, starts, ends",
            from: "password_credentials ORDER BY key_id", secret: "secret"),
        RecordTable(
            "client_secrets", "app_id, secret",
            from: "client_secrets ORDER BY app_id, secret", secret: "secret",
            conflict: " ON CONFLICT DO NOTHING"),
        RecordTable(
            "user_passwords", "user_id, password", from: "user_passwords ORDER BY user_id",
            secret: "password",
            conflict: " ON CONFLICT (user_id) DO UPDATE SET password = excluded.password"),
        RecordTable(
            "directory_roles", "user_id, role_template_id",
            from: "directory_roles ORDER BY user_id, role_template_id",
            conflict: " ON CONFLICT DO NOTHING"),
        RecordTable(
            "synchronized_values", "object_id, name, value",
            from: "synchronized_values ORDER BY object_id, name"),
        RecordTable(
            "template_customizations",
            "service_principal_id, template_id, body, schema, is_deleted",
            from: "template_customizations ORDER BY sequence", json: ["body", "schema"]),
    ]

    /// What jobs did and remember: it comes after them.
    public static let synchronization: [RecordTable] = [
        RecordTable(
            "scim_directories", "service_principal_id, behaviours",
            from: "scim_directories ORDER BY key",
            conflict: """
                 ON CONFLICT (service_principal_id) DO UPDATE SET behaviours = excluded.behaviours
                """),
        RecordTable(
            "connections",
            """
            job_id, object_type, source_anchor, target_type, target_anchor, display_name,
            is_managed, knows_references, exported
            """, from: "connections ORDER BY sequence", json: ["exported"],
            taken: Taken(
                condition: """
                    key(job_id, source_anchor) = key(?1, ?2) AND +job_id = CAST(?1 AS TEXT)
                    AND +source_anchor = CAST(?2 AS TEXT) AND object_type = ?3
                    """, columns: ["job_id", "source_anchor", "object_type"])),
        RecordTable(
            "exported_references",
            "job_id, source_anchor, attribute, reference_anchor, target_anchor",
            from: """
                exported_references ORDER BY job_id, source_anchor, attribute, reference_anchor
                """, computed: ("source_key", "key(?1, ?2)")),
        RecordTable(
            "escrows",
            """
            job_id, object_type, source_anchor, first_failed, attempts, due, is_reference,
            is_staged_delete, code
            """, from: "escrows ORDER BY job_id, object_type, source_anchor"),
        RecordTable(
            "cycle_work", "job_id, object_type, object_id, is_reference",
            from: "cycle_work ORDER BY sequence"),
        RecordTable(
            "job_memories", "job_id, body", from: "job_memories ORDER BY job_id",
            json: ["body"]),
        RecordTable(
            "provisioning_logs",
            """
            id, activity, job_id, cycle_id, change_id, action, status, service_principal_id,
            source_id, target_id, body
            """, from: "provisioning_records ORDER BY sequence", json: ["body"]),
        RecordTable(
            "bulk_uploads", "job_id, received, request_id, body",
            from: "bulk_uploads ORDER BY sequence", json: ["body"]),
        RecordTable(
            "agenda", "due, kind, subject", from: "agenda ORDER BY sequence",
            conflict: " ON CONFLICT (kind, subject) DO UPDATE SET due = excluded.due"),
    ]

    /// What changed that some job has not looked at yet.
    public static let changes = RecordTable(
        "changes",
        """
        directory, object_type, object_id, is_reference, properties, link, target_id, is_removed
        """, from: "changes WHERE sequence > ?1 ORDER BY sequence")

    /// The tables that lists of a seed stand for, that other tables' triggers fill, or whose rows are told
    /// with those of another table.
    static let elsewhere: Set<String> = [
        "tenant_values", "app_role_assignments", "directory_objects", "jobs", "secrets",
        "fault_rules", "scim_resources", "scim_members", "tallies", "log_contexts",
    ]
}
