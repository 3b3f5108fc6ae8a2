// A page of a list as SQL: the filter, the order and the place after which it begins.

import Model

/// The statements that give one page, in order: each goes on where the one before has ended.
///
/// A page costs the same wherever it is: it begins with a search for its place in the index of the
/// key, never with a count of rows. Rows without a key are a statement of their own, because `NULL`
/// is neither before nor after a place.
struct ListSQL {
    /// The statements; each gives `sequence, body, key`.
    private(set) var statements: [SQLFragment] = []

    /// Makes the statements.
    ///
    /// - Parameters:
    ///   - query: the page; its limit is applied by the caller, who counts the rows.
    ///   - table: the table.
    ///   - scope: a further condition on its rows.
    init(_ query: ListQuery, _ table: QueryTable, scope: SQLFragment? = nil) {
        let filterSQL = FilterSQL(table: table)
        var condition = SQLFragment(" WHERE " + table.isLive)
        if let scope { condition += " AND " + scope }
        if let filter = query.filter { condition += " AND " + filterSQL.condition(filter) }
        let order =
            query.order
            ?? query.filter.flatMap(filterSQL.rangeProperty).map { SortOrder(property: $0) }
        guard let order, let column = table.column(order.property)?.column else {
            let isDescending = query.order?.isDescending ?? false
            let select = "SELECT sequence, " + table.body + ", NULL FROM " + table.rows
            if let after = query.after {
                condition +=
                    SQLFragment(
                        isDescending ? " AND sequence < ?" : " AND sequence > ?",
                        .integer(after.sequence))
            }
            statements = [
                select + condition
                    + (isDescending ? " ORDER BY sequence DESC" : " ORDER BY sequence")
            ]
            return
        }
        let keyed = ListSQL.keyed(column, order, query.after, table, condition)
        let unkeyed = ListSQL.unkeyed(column, order, query.after, table, condition)
        // Rows without a key come first, or last where the order is reversed.
        statements = (order.isDescending ? [keyed, unkeyed] : [unkeyed, keyed]).compactMap { $0 }
    }

    /// The rows that have a key; nil when the place is behind all of them.
    private static func keyed(
        _ column: SQL, _ order: SortOrder, _ after: PagePlace?, _ table: QueryTable,
        _ condition: SQLFragment
    ) -> SQLFragment? {
        var result =
            "SELECT sequence, " + table.body + ", " + column + " FROM " + table.rows + condition
        let place = "(" + column + ", sequence)"
        let sign: SQL =
            order.isDescending ? " AND " + place + " < (?, ?)" : " AND " + place + " > (?, ?)"
        switch after?.key {
        case .text(let text)?:
            result += SQLFragment(sign, .text(text), .integer(after?.sequence ?? 0))
        case .integer(let number)?:
            result += SQLFragment(sign, .integer(number), .integer(after?.sequence ?? 0))
        case .null? where order.isDescending: return nil
        case nil, .none?, .null?: result += " AND " + column + " IS NOT NULL"
        }
        return result + " ORDER BY " + column
            + (order.isDescending ? " DESC, sequence DESC" : ", sequence")
    }

    /// The rows that have no key; nil when the place is behind all of them.
    private static func unkeyed(
        _ column: SQL, _ order: SortOrder, _ after: PagePlace?, _ table: QueryTable,
        _ condition: SQLFragment
    ) -> SQLFragment? {
        var result =
            "SELECT sequence, " + table.body + ", NULL FROM " + table.rows + condition + " AND "
            + column
            + " IS NULL"
        switch after?.key {
        case .null?:
            result += SQLFragment(
                order.isDescending ? " AND sequence < ?" : " AND sequence > ?",
                .integer(after?.sequence ?? 0))
        case nil, .none?: break
        case .text?, .integer?: if !order.isDescending { return nil }
        }
        return result + (order.isDescending ? " ORDER BY sequence DESC" : " ORDER BY sequence")
    }
}

extension Connection {
    /// The rows of a page.
    func list(
        _ query: ListQuery, _ table: QueryTable, scope: SQLFragment? = nil, name: String
    ) throws(StorageError) -> [ListedObject] {
        try page(query, table, scope: scope) { (row, place) throws(StorageError) in
            ListedObject(place: place, object: try DirectoryObject(row, column: 1, table: name))
        }
    }

    /// The rows of a page, each made into a value.
    func page<Value>(
        _ query: ListQuery, _ table: QueryTable, scope: SQLFragment? = nil,
        make: (borrowing Row, PagePlace) throws(StorageError) -> Value
    ) throws(StorageError) -> [Value] {
        var found: [Value] = []
        for statement in ListSQL(query, table, scope: scope).statements
        where found.count < query.limit {
            let limited =
                statement + SQLFragment(" LIMIT ?", .integer(Int64(query.limit - found.count)))
            found += try rows(limited.sql, limited.values) { (row) throws(StorageError) in
                try make(row, PagePlace(row))
            }
        }
        return found
    }

    /// How many rows a filter selects.
    func count(
        _ filter: FilterExpression?, _ table: QueryTable, scope: SQLFragment? = nil
    ) throws(StorageError) -> Int64 {
        var statement = "SELECT count(*) FROM " + table.rows + " WHERE " + table.isLive
        if let scope { statement += " AND " + scope }
        if let filter { statement += " AND " + FilterSQL(table: table).condition(filter) }
        return try count(statement.sql, statement.values)
    }
}

extension PagePlace {
    /// Reads `sequence, …, key`.
    init(_ row: borrowing Row) {
        let key: Key =
            if row.isNull(2) {
                .null
            } else if row.isInteger(2) {
                .integer(row.integer(2))
            } else {
                .text(row.text(2) ?? "")
            }
        self.init(key: key, sequence: row.integer(0))
    }
}
