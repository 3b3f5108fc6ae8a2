// Rows that are added to one table in numbers.

/// A statement that adds rows, and another that adds several at once, whose indexes are opened once.
struct Insertion: Sendable {
    private let one: SQL
    private let several: SQL
    /// Values of a row.
    private let width: Int

    /// Rows of the second statement.
    private static let rowsAtOnce = 8

    /// Makes the statements of a head that ends with `VALUES`, for rows of so many values.
    init(_ head: SQL, width: Int) {
        let begun: SQL = "(?"
        let row = (1..<width).reduce(begun) { sql, _ in sql + ", ?" } + ")"
        one = head + row
        several = (1..<Insertion.rowsAtOnce).reduce(one) { sql, _ in sql + ", " + row }
        self.width = width
    }

    /// Adds rows, in their order.
    ///
    /// - Parameters:
    ///   - rows: the rows.
    ///   - connection: where to.
    ///   - append: appends the values of a row.
    /// - Throws: `StorageError` for what SQLite or `append` refuses.
    func run<Row>(
        _ rows: some Sequence<Row>, in connection: Connection,
        append: (Row, inout [SQLValue]) throws(StorageError) -> Void
    ) throws(StorageError) {
        var values: [SQLValue] = []
        values.reserveCapacity(Insertion.rowsAtOnce * width)
        for row in rows {
            try append(row, &values)
            guard values.count == Insertion.rowsAtOnce * width else { continue }
            try connection.run(several, values)
            values.removeAll(keepingCapacity: true)
        }
        for start in stride(from: 0, to: values.count, by: width) {
            try connection.run(one, Array(values[start..<(start + width)]))
        }
    }
}
