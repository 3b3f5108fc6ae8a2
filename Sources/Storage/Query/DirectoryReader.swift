// Reading the tenant's directory: lists, counts and single objects of each kind.

public import Model

/// Queries over users, groups, applications and service principals.
public struct DirectoryReader {
    let connection: Connection

    private func table(_ kind: DirectoryKind, _ scope: ListScope) -> QueryTable {
        var table = kind.queryTable
        if case .deleted = scope {
            table.isLive = "deleted IS NOT NULL"
            table.body = "json_set(body, '$.deletedDateTime', deleted)"
        }
        return table
    }

    /// A page of the objects of a kind.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func list(
        _ kind: DirectoryKind, _ query: ListQuery, scope: ListScope = .live
    ) throws(StorageError) -> [ListedObject] {
        let found = try connection.list(
            query, table(kind, scope), name: kind.queryTable.name.text)
        guard case .deleted = scope else { return found }
        return found.map { listed in
            var json = listed.object.json
            guard let ticks = json["deletedDateTime"]?.integer else { return listed }
            json["deletedDateTime"] = .string(Timestamp(ticks: ticks).description)
            return DirectoryObject(json).map { ListedObject(place: listed.place, object: $0) }
                ?? listed
        }
    }

    /// How many objects of a kind a filter selects; without one this costs the same at any number.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func count(
        _ kind: DirectoryKind, _ filter: FilterExpression?, scope: ListScope = .live
    ) throws(StorageError) -> Int64 {
        guard filter == nil, case .live = scope else {
            return try connection.count(filter, table(kind, scope))
        }
        return try connection.count(
            "SELECT count FROM tallies WHERE name = ?1", .text(kind.queryTable.name.text))
    }

    /// The object in use that has this value in a property with a column.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func load(
        _ kind: DirectoryKind, _ property: String, _ value: String, scope: ListScope = .live
    ) throws(StorageError) -> DirectoryObject? {
        let filter = FilterExpression.compare(FilterOperand(property), .equal, .string(value))
        return try list(kind, ListQuery(filter: filter, limit: 1), scope: scope).first?.object
    }

    /// The object of an identifier, whatever its kind.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func find(
        id: GUID, scope: ListScope = .live
    ) throws(StorageError) -> (kind: DirectoryKind, object: DirectoryObject)? {
        for kind in DirectoryKind.allCases {
            if let found = try load(kind, "id", id.description, scope: scope) {
                return (kind, found)
            }
        }
        return nil
    }
}

extension Database {
    /// Queries over the tenant's directory.
    public var reader: DirectoryReader { DirectoryReader(connection: connection) }
}
