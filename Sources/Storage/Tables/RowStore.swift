// Rows of any table by the names of its columns, as an export reads them and a seed writes them.

public import Model

/// Reads and writes rows of any of these tables.
public struct RowStore {
    let connection: Connection

    /// The rows of a table; a column without a value is left out.
    ///
    /// - Parameters:
    ///   - table: which table.
    ///   - watermark: of changes: the number of the last one that is left out.
    /// - Returns: the rows, in the order they were made.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func rows(
        of table: RecordTable, after watermark: Int64? = nil
    ) throws(StorageError) -> [JSONObject] {
        let names = table.columnNames
        return try connection.rows(
            "SELECT " + table.columns + " FROM " + table.source,
            watermark.map { [.integer($0)] } ?? []
        ) { (row) throws(StorageError) in
            var members: [(String, JSONValue)] = []
            for (index, name) in names.enumerated() {
                let column = Int32(index)
                guard !row.isNull(column) else { continue }
                let text = row.text(column) ?? ""
                if row.isInteger(column) {
                    members.append((name, .integer(row.integer(column))))
                } else if table.json.contains(name), let value = RowStore.exact(text) {
                    members.append((name, value))
                } else {
                    members.append((name, .string(text)))
                }
            }
            return JSONObject(members)
        }
    }

    /// A text as JSON, where it is an object or a list, and the same text when it is written again.
    private static func exact(_ text: String) -> JSONValue? {
        guard let value = try? JSONValue(parsing: text), value.text == text,
            value.object != nil || value.array != nil
        else { return nil }
        return value
    }

    /// Adds a row.
    ///
    /// - Throws: `StorageError.statement` for a value that is taken, missing or of another type.
    public func insert(_ row: JSONObject, into table: RecordTable) throws(StorageError) {
        let names = table.columnNames
        if let taken = table.taken {
            let found = try connection.rows(
                "SELECT 1 FROM " + table.table + " WHERE " + taken.condition,
                taken.columns.map { RowStore.value(row[$0]) }
            ) { (_) throws(StorageError) in true }
            guard found.isEmpty else { throw .taken(taken.columns.joined(separator: ", ")) }
        }
        var marks: SQL = "?"
        for _ in names.dropFirst() { marks = marks + ", ?" }
        var columns = table.columns
        if let computed = table.computed {
            columns = columns + ", " + computed.column
            marks = marks + ", " + computed.value
        }
        try connection.run(
            "INSERT INTO " + table.table + " (" + columns + ") VALUES (" + marks + ")"
                + table.conflict, names.map { RowStore.value(row[$0]) })
    }

    private static func value(_ value: JSONValue?) -> SQLValue {
        switch value {
        case nil, .null: .null
        case .integer(let number): .integer(number)
        case .string(let text): .text(text)
        case .some(let other): .text(other.text)
        }
    }
}

extension Database {
    /// Rows of the tables that no list of a seed stands for.
    public var rowStore: RowStore { RowStore(connection: connection) }
}
