// What the tables of the tenant's directory share: a body read back, a filter made into SQL.

import Model

extension ListedObject {
    /// Reads `sequence, body`.
    init(_ row: borrowing Row, table: String) throws(StorageError) {
        self.init(
            sequence: row.integer(0),
            object: try DirectoryObject(row, column: 1, table: table))
    }
}

extension DirectoryObject {
    init(_ row: borrowing Row, column: Int32, table: String) throws(StorageError) {
        let text = row.text(column) ?? ""
        guard let json = try? JSONValue(parsing: text).object, let object = DirectoryObject(json)
        else { throw StorageError.unreadableRow(table: table, key: String(text.prefix(60))) }
        self = object
    }
}

/// A property that a list can be filtered by, and the column that holds it.
struct FilterColumn {
    let property: String
    let column: SQL
}

/// Why a filter can't be executed.
public enum FilterError: Error, Sendable, Equatable {
    /// No column holds the property, or not in a way that fits the literal.
    case notFilterable(property: String)
    /// The store itself failed.
    case storage(StorageError)
}

/// A filter as SQL with its bound values.
struct FilterSQL {
    private(set) var sql: SQL = ""
    private(set) var values: [SQLValue] = []

    /// Translates a filter; parameters are numbered by their order in the text.
    init(_ filter: FilterExpression, _ columns: [FilterColumn]) throws(FilterError) {
        switch filter {
        case .and(let left, let right):
            let first = try FilterSQL(left, columns)
            let second = try FilterSQL(right, columns)
            sql = "(" + first.sql + " AND " + second.sql + ")"
            values = first.values + second.values
        case .equal(let property, let literal):
            let column = try FilterSQL.column(property, columns)
            switch literal {
            case .null: sql = column + " IS NULL"
            case .boolean(let flag):
                sql = column + " = ?"
                values = [.integer(flag ? 1 : 0)]
            case .string(let text):
                sql = column + " = ?"
                values = [.text(text.lowercased())]
            }
        case .startsWith(let property, let prefix):
            let column = try FilterSQL.column(property, columns)
            // A range, because that is what an index answers; U+10FFFF sorts after every text.
            sql = "(" + column + " >= ? AND " + column + " < ?)"
            let folded = prefix.lowercased()
            values = [.text(folded), .text(folded + "\u{10FFFF}")]
        }
    }

    private static func column(
        _ property: String, _ columns: [FilterColumn]
    ) throws(FilterError) -> SQL {
        guard let column = columns.first(where: { $0.property == property }) else {
            throw FilterError.notFilterable(property: property)
        }
        return column.column
    }
}
