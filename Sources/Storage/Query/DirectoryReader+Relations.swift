// Reading the links between directory objects: members, owners, managers, and their way back.

public import Model

extension DirectoryReader {
    /// The far ends of an object's links, as a table `scope` of identifiers.
    private func scope(_ relation: Relation, of id: GUID) -> SQLFragment {
        let start = SQLValue.text(id.description)
        let name = SQLValue.text(relation.link)
        switch (relation.direction, relation.isTransitive) {
        case (.forward, false):
            return SQLFragment(
                """
                WITH scope(id) AS (
                    SELECT target_id FROM links WHERE source_id = ? AND name = ?)
                """, start, name)
        case (.backward, false):
            return SQLFragment(
                """
                WITH scope(id) AS (
                    SELECT source_id FROM links WHERE target_id = ? AND name = ?)
                """, start, name)
        case (.forward, true):
            // A deleted group on the way leads nowhere.
            return SQLFragment(
                """
                WITH RECURSIVE scope(id) AS (
                    SELECT target_id FROM links WHERE source_id = ? AND name = ?
                    UNION SELECT links.target_id FROM scope
                    JOIN groups ON groups.id = scope.id AND groups.deleted IS NULL
                    JOIN links ON links.source_id = scope.id AND links.name = ?)
                """, start, name, name)
        case (.backward, true):
            return SQLFragment(
                """
                WITH RECURSIVE scope(id) AS (
                    SELECT source_id FROM links WHERE target_id = ? AND name = ?
                    UNION SELECT links.source_id FROM scope
                    JOIN groups ON groups.id = scope.id AND groups.deleted IS NULL
                    JOIN links ON links.target_id = scope.id AND links.name = ?)
                """, start, name, name)
        }
    }

    /// The tables of all kinds beside the scope.
    private static let joined: SQL = """
         FROM scope LEFT JOIN users AS u ON u.id = scope.id AND u.deleted IS NULL
        LEFT JOIN groups AS g ON g.id = scope.id AND g.deleted IS NULL
        LEFT JOIN applications AS a ON a.id = scope.id AND a.deleted IS NULL
        LEFT JOIN service_principals AS s ON s.id = scope.id AND s.deleted IS NULL
        """

    private static func exists(_ kinds: [DirectoryKind]) -> SQL {
        var condition: SQL = "(0"
        for kind in kinds {
            let alternative: SQL =
                switch kind {
                case .user: " OR u.id IS NOT NULL"
                case .group: " OR g.id IS NOT NULL"
                case .application: " OR a.id IS NOT NULL"
                case .servicePrincipal: " OR s.id IS NOT NULL"
                }
            condition = condition + alternative
        }
        return condition + ")"
    }

    /// A page of the far ends in the order of their identifiers; the place's key is the last one's.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func related(
        _ relation: Relation, of id: GUID, kinds: [DirectoryKind], after: String?, limit: Int
    ) throws(StorageError) -> [RelatedObject] {
        let statement = page(relation, of: id, kinds: kinds, after: after, limit: limit)
        return try connection.rows(statement.sql, statement.values) {
            (row) throws(StorageError) in
            let columns: [DirectoryKind] = [.user, .group, .application, .servicePrincipal]
            for (index, kind) in columns.enumerated() where !row.isNull(Int32(index)) {
                return RelatedObject(
                    kind: kind,
                    object: try DirectoryObject(
                        row, column: Int32(index), table: kind.queryTable.name.text))
            }
            throw StorageError.unreadableRow(table: "links", key: id.description)
        }
    }

    /// The statement of a page: the bodies by kinds, one of them not null.
    func page(
        _ relation: Relation, of id: GUID, kinds: [DirectoryKind], after: String?, limit: Int
    ) -> SQLFragment {
        var statement =
            scope(relation, of: id)
            + " SELECT u.body, g.body, a.body, s.body" + DirectoryReader.joined + " WHERE "
            + DirectoryReader.exists(kinds)
        if let after { statement += SQLFragment(" AND scope.id > ?", .text(after)) }
        statement += SQLFragment(" ORDER BY scope.id LIMIT ?", .integer(Int64(limit)))
        return statement
    }

    /// How many far ends there are; this costs as many steps as there are links.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func countRelated(
        _ relation: Relation, of id: GUID, kinds: [DirectoryKind]
    ) throws(StorageError) -> Int64 {
        let statement =
            scope(relation, of: id) + " SELECT count(*)" + DirectoryReader.joined + " WHERE "
            + DirectoryReader.exists(kinds)
        return try connection.count(statement.sql, statement.values)
    }

    /// A page of the far ends of one kind that a query selects, as lists are.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func related(
        _ relation: Relation, of id: GUID, kind: DirectoryKind, _ query: ListQuery
    ) throws(StorageError) -> [ListedObject] {
        try connection.list(
            query, kind.queryTable, scope: within(relation, of: id),
            name: kind.queryTable.name.text)
    }

    /// How many far ends of one kind a filter selects.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func countRelated(
        _ relation: Relation, of id: GUID, kind: DirectoryKind, _ filter: FilterExpression?
    ) throws(StorageError) -> Int64 {
        try connection.count(filter, kind.queryTable, scope: within(relation, of: id))
    }

    private func within(_ relation: Relation, of id: GUID) -> SQLFragment {
        "id IN (" + scope(relation, of: id) + " SELECT id FROM scope)"
    }
}
