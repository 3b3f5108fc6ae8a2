// Reading what belongs to directory objects: assignments, extension properties, provisioning logs.

public import Model

/// Queries over lists of records.
public struct RecordReader {
    let connection: Connection

    /// Assignments whose two ends are in use, in the service's JSON but for `id`, which stands alone,
    /// and `createdDateTime`, in ticks.
    private static let assignments = QueryTable(
        name: """
            (SELECT a.sequence AS sequence, a.id AS id, a.principal_id AS principal_id,
            a.resource_id AS resource_id, a.app_role_id AS app_role_id,
            json_object('id', a.id, 'deletedDateTime', NULL, 'appRoleId', a.app_role_id,
                'createdDateTime', a.created, 'principalDisplayName', json_extract(
                    coalesce(u.body, g.body, s.body), '$.displayName'),
                'principalId', a.principal_id, 'principalType', CASE WHEN u.id IS NOT NULL
                    THEN 'User' WHEN g.id IS NOT NULL THEN 'Group' ELSE 'ServicePrincipal' END,
                'resourceDisplayName', json_extract(r.body, '$.displayName'),
                'resourceId', a.resource_id) AS body
            FROM app_role_assignments AS a
            LEFT JOIN users AS u ON u.id = a.principal_id AND u.deleted IS NULL
            LEFT JOIN groups AS g ON g.id = a.principal_id AND g.deleted IS NULL
            LEFT JOIN service_principals AS s ON s.id = a.principal_id AND s.deleted IS NULL
            JOIN service_principals AS r ON r.id = a.resource_id AND r.deleted IS NULL
            WHERE coalesce(u.id, g.id, s.id) IS NOT NULL)
            """,
        isLive: "1",
        columns: [
            QueryTable.Column(property: "principalId", column: "principal_id"),
            QueryTable.Column(property: "resourceId", column: "resource_id"),
            QueryTable.Column(property: "appRoleId", column: "app_role_id"),
        ])

    private static let extensionProperties = QueryTable(
        name: "extension_properties",
        columns: [QueryTable.Column(property: "name", column: "name", kind: .exact)],
        foldsText: false)

    private static let values = QueryTable(
        name: "(SELECT key AS sequence, value AS body FROM json_each(?))", isLive: "1",
        columns: [
            QueryTable.Column(
                property: "displayName", column: "fold(json_extract(body, '$.displayName'))"),
            QueryTable.Column(
                property: "publisher", column: "fold(json_extract(body, '$.publisher'))"),
        ])

    private func source(_ list: RecordList) -> (table: QueryTable, scope: SQLFragment?) {
        switch list {
        case .assignedTo(let resource):
            return (
                RecordReader.assignments,
                SQLFragment("resource_id = ?", .text(resource.description))
            )
        case .assignments(let principal):
            return (
                RecordReader.assignments,
                SQLFragment("principal_id = ?", .text(principal.description))
            )
        case .extensionProperties(let application):
            return (
                RecordReader.extensionProperties,
                SQLFragment("application_id = ?", .text(application.description))
            )
        case .provisioningLogs: return (.provisioningLogs, nil)
        case .values(let values):
            var table = RecordReader.values
            let text = JSONValue.array(values.map(JSONValue.object)).text
            table.values = [.text(text)]
            return (table, nil)
        }
    }

    /// A page of a list.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(
        _ list: RecordList, _ query: ListQuery
    ) throws(StorageError) -> [ListedRecord] {
        let source = source(list)
        return try connection.page(query, source.table, scope: source.scope) {
            (row, place) throws(StorageError) in
            let text = row.text(1) ?? ""
            guard let json = try? JSONValue(parsing: text).object else {
                throw StorageError.unreadableRow(table: "\(list)", key: String(text.prefix(60)))
            }
            return ListedRecord(place: place, json: RecordReader.worded(json, list))
        }
    }

    /// How many records of a list a filter selects.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count(
        _ list: RecordList, _ filter: FilterExpression?
    ) throws(StorageError) -> Int64 {
        let source = source(list)
        return try connection.count(filter, source.table, scope: source.scope)
    }

    /// An assignment's identifier and time as the service writes them.
    private static func worded(_ json: JSONObject, _ list: RecordList) -> JSONObject {
        switch list {
        case .assignedTo, .assignments: break
        default: return json
        }
        var json = json
        if let id = json["id"]?.string.flatMap({ GUID(parsing: $0) }),
            let principal = json["principalId"]?.string.flatMap({ GUID(parsing: $0) })
        {
            json["id"] = .string(
                AppRoleAssignmentKey(principal: principal, id: id).description)
        }
        if let ticks = json["createdDateTime"]?.integer {
            json["createdDateTime"] = .string(Timestamp(ticks: ticks).description)
        }
        return json
    }
}

extension Database {
    /// Queries over assignments, extension properties, logs.
    public var records: RecordReader { RecordReader(connection: connection) }
}
