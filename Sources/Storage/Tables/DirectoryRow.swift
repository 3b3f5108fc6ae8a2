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
    /// What the column holds: text in lower case, or 0 and 1.
    enum Kind {
        case text, boolean
    }

    let property: String
    let column: SQL
    var kind = Kind.text
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
            // Without parentheses: SQLite bounds their depth, and conjunctions need none.
            sql = first.sql + " AND " + second.sql
            values = first.values + second.values
        case .equal(let property, .null):
            sql = try FilterSQL.column(property, nil, columns) + " IS NULL"
        case .equal(let property, .boolean(let flag)):
            sql = try FilterSQL.column(property, .boolean, columns) + " = ?"
            values = [.integer(flag ? 1 : 0)]
        case .equal(let property, .string(let text)):
            sql = try FilterSQL.column(property, .text, columns) + " = ?"
            values = [.text(text.lowercased())]
        case .startsWith(let property, let prefix):
            let column = try FilterSQL.column(property, .text, columns)
            let folded = prefix.lowercased()
            // A range, because that is what an index answers.
            guard let end = FilterSQL.successor(of: folded) else {
                sql = column + " >= ?"
                values = [.text(folded)]
                return
            }
            sql = "(" + column + " >= ? AND " + column + " < ?)"
            values = [.text(folded), .text(end)]
        }
    }

    /// The first text, by code points, that is behind all texts with a prefix; nil when none is.
    private static func successor(of prefix: String) -> String? {
        var scalars = Array(prefix.unicodeScalars)
        while let last = scalars.popLast() {
            // Surrogates are no scalars: what follows U+D7FF is U+E000.
            let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
            guard let scalar = Unicode.Scalar(next) else { continue }
            var text = String.UnicodeScalarView(scalars)
            text.append(scalar)
            return String(text)
        }
        return nil
    }

    /// The column of a property; nil for a kind takes any.
    private static func column(
        _ property: String, _ kind: FilterColumn.Kind?, _ columns: [FilterColumn]
    ) throws(FilterError) -> SQL {
        guard let column = columns.first(where: { $0.property == property }),
            kind == nil || kind == column.kind
        else { throw FilterError.notFilterable(property: property) }
        return column.column
    }
}
