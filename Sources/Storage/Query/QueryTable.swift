// The tables that lists are read from, and which of their columns hold which property.

import Model

/// A table as queries see it: its columns by the properties that they hold.
struct QueryTable: Sendable {
    /// A property that has a column of its own.
    struct Column: Sendable {
        /// What a column holds.
        enum Kind: Sendable {
            /// Text in lower case.
            case folded
            /// Text as written.
            case exact
            /// 0 and 1.
            case boolean
            /// Ticks.
            case instant
        }

        let property: String
        let column: SQL
        var kind = Kind.folded
        /// What an index has in the place of the column's exact text: the value that is compared with
        /// its ``TextKey``, and what else has to be asked; nil where the text is in the index itself.
        var key: SQL?
    }

    /// The table's name.
    let name: SQL
    /// Values of the name's parameters, where it is a query of its own.
    var values: [SQLValue] = []
    /// What keeps rows out of every list: the recycle bin.
    var isLive: SQL = "deleted IS NULL"
    /// What is read of a row.
    var body: SQL = "body"
    /// The columns that filters and sorts use.
    let columns: [Column]
    /// Whether text is compared without case, as the directory does.
    var foldsText = true

    /// What rows are selected from.
    var rows: SQLFragment {
        var rows = SQLFragment(name)
        rows.values = values
        return rows
    }

    /// The column of a path, if it has one.
    func column(_ path: FilterPath) -> Column? {
        guard path.lambda == nil else { return nil }
        let name = path.names.joined(separator: "/")
        return columns.first { $0.property == name }
    }

    func column(_ property: String) -> Column? { columns.first { $0.property == property } }
}

extension QueryTable {
    static let users = QueryTable(
        name: "users",
        columns: [
            Column(property: "id", column: "id"),
            Column(property: "userPrincipalName", column: "user_principal_name"),
            Column(property: "displayName", column: "display_name"),
            Column(property: "accountEnabled", column: "account_enabled", kind: .boolean),
            Column(property: "mail", column: "mail"),
            Column(property: "mailNickname", column: "mail_nickname"),
            Column(property: "employeeId", column: "employee_id"),
            Column(property: "givenName", column: "given_name"),
            Column(property: "surname", column: "surname"),
            Column(property: "department", column: "department"),
            Column(property: "userType", column: "user_type"),
            Column(property: "onPremisesImmutableId", column: "on_premises_immutable_id"),
            Column(property: "createdDateTime", column: "created", kind: .instant),
            Column(property: "deletedDateTime", column: "deleted", kind: .instant),
        ])

    static let groups = QueryTable(
        name: "groups",
        columns: [
            Column(property: "id", column: "id"),
            Column(property: "displayName", column: "display_name"),
            Column(property: "mail", column: "mail"),
            Column(property: "mailNickname", column: "mail_nickname"),
            Column(property: "mailEnabled", column: "mail_enabled", kind: .boolean),
            Column(property: "securityEnabled", column: "security_enabled", kind: .boolean),
            Column(property: "createdDateTime", column: "created", kind: .instant),
            Column(property: "deletedDateTime", column: "deleted", kind: .instant),
        ])

    static let applications = QueryTable(
        name: "applications",
        columns: [
            Column(property: "id", column: "id"), Column(property: "appId", column: "app_id"),
            Column(property: "displayName", column: "display_name"),
            Column(property: "uniqueName", column: "unique_name"),
            Column(property: "createdDateTime", column: "created", kind: .instant),
            Column(property: "deletedDateTime", column: "deleted", kind: .instant),
        ])

    static let servicePrincipals = QueryTable(
        name: "service_principals",
        columns: [
            Column(property: "id", column: "id"), Column(property: "appId", column: "app_id"),
            Column(property: "displayName", column: "display_name"),
            Column(property: "servicePrincipalType", column: "service_principal_type"),
            Column(property: "accountEnabled", column: "account_enabled", kind: .boolean),
            Column(property: "applicationTemplateId", column: "application_template_id"),
            Column(property: "createdDateTime", column: "created", kind: .instant),
            Column(property: "deletedDateTime", column: "deleted", kind: .instant),
        ])

    /// Values of the provisioning logs are compared with case; enumerations are not, wherever.
    static let provisioningLogs = QueryTable(
        name: "provisioning_records", isLive: "1",
        columns: [
            Column(property: "id", column: "id", kind: .exact),
            Column(property: "activityDateTime", column: "activity", kind: .instant),
            Column(property: "jobId", column: "job_id", kind: .exact, key: "key(job_id)"),
            Column(property: "cycleId", column: "cycle_id", kind: .exact),
            Column(property: "changeId", column: "change_id", kind: .exact),
            // Without an index, but quicker than to make the whole record.
            Column(property: "provisioningAction", column: "action", kind: .exact),
            Column(
                property: "provisioningStatusInfo/status", column: "status", kind: .exact),
            Column(
                property: "servicePrincipal/id", column: "service_principal_id", kind: .exact),
            Column(
                property: "sourceIdentity/id", column: "source_id", kind: .exact,
                key: RowParts.ofProvisioningLogs + " AND key(source_id)"),
            Column(property: "targetIdentity/id", column: "target_id", kind: .exact),
        ], foldsText: false)
}

extension DirectoryKind {
    /// The table as queries see it.
    var queryTable: QueryTable {
        switch self {
        case .user: .users
        case .group: .groups
        case .application: .applications
        case .servicePrincipal: .servicePrincipals
        }
    }
}
