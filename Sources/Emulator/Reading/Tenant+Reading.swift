// Queries of the faces: lists, counts, relations and changes of the tenant's directory.

public import Model
import Storage

extension Tenant {
    /// A page of the objects of a kind.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func list(
        _ kind: DirectoryKind, _ query: ListQuery, scope: ListScope = .live
    ) throws -> [ListedObject] {
        try read { try $0.reader.list(kind, query, scope: scope) }
    }

    /// How many objects of a kind a filter selects.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func count(
        _ kind: DirectoryKind, _ filter: FilterExpression?, scope: ListScope = .live
    ) throws -> Int64 {
        try read { try $0.reader.count(kind, filter, scope: scope) }
    }

    /// The object that has this value in a property that has a column: `id`, `userPrincipalName`.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func find(
        _ kind: DirectoryKind, _ property: String, _ value: String, scope: ListScope = .live
    ) throws -> DirectoryObject? {
        try read { try $0.reader.load(kind, property, value, scope: scope) }
    }

    /// The object of an identifier, whatever its kind.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func find(id: GUID, scope: ListScope = .live) throws -> RelatedObject? {
        try read { database in
            try database.reader.find(id: id, scope: scope).map {
                RelatedObject(kind: $0.kind, object: $0.object)
            }
        }
    }

    /// A page of the far ends of an object's links, in the order of their identifiers.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func related(
        _ relation: Relation, of id: GUID, kinds: [DirectoryKind], after: String? = nil, limit: Int
    ) throws -> [RelatedObject] {
        try read {
            try $0.reader.related(relation, of: id, kinds: kinds, after: after, limit: limit)
        }
    }

    /// A page of the far ends of one kind that a query selects.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func related(
        _ relation: Relation, of id: GUID, kind: DirectoryKind, _ query: ListQuery
    ) throws -> [ListedObject] {
        try read { try $0.reader.related(relation, of: id, kind: kind, query) }
    }

    /// How many far ends of these kinds an object's links have.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func countRelated(
        _ relation: Relation, of id: GUID, kinds: [DirectoryKind],
        _ filter: FilterExpression? = nil
    ) throws -> Int64 {
        try read { database in
            guard let filter, let kind = kinds.first else {
                return try database.reader.countRelated(relation, of: id, kinds: kinds)
            }
            return try database.reader.countRelated(relation, of: id, kind: kind, filter)
        }
    }

    /// A page of a list of records.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func list(_ list: RecordList, _ query: ListQuery) throws -> [ListedRecord] {
        try read { try $0.records.list(list, query) }
    }

    /// How many records of a list a filter selects.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func count(_ list: RecordList, _ filter: FilterExpression?) throws -> Int64 {
        try read { try $0.records.count(list, filter) }
    }

    /// The number of the latest change.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func latestChange() throws -> Int64 { try read { try $0.changes.latest() } }

    /// A page of the objects that changed in a window.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func changes(
        in window: ChangeWindow, after place: Int64, limit: Int
    ) throws -> [DirectoryChange] {
        try read { try $0.changes.objects(in: window, after: place, limit: limit) }
    }

    /// The tenant as its organization: name and domains.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func organization() throws -> (displayName: String?, defaultDomain: String?) {
        try read { database in
            (
                displayName: try database.values.load(ValueName.displayName),
                defaultDomain: try database.values.load(ValueName.defaultDomain)
            )
        }
    }
}
