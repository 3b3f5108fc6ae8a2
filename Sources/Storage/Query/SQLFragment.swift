// A piece of a statement with the values of its parameters, in their order.

/// Statement text and the values that its `?` stand for.
struct SQLFragment: Sendable, Equatable {
    var sql: SQL
    var values: [SQLValue]

    init(_ sql: SQL, _ values: SQLValue...) {
        self.sql = sql
        self.values = values
    }

    /// One piece after another.
    static func + (left: SQLFragment, right: SQLFragment) -> SQLFragment {
        var sum = left
        sum += right
        return sum
    }

    static func + (left: SQLFragment, right: SQL) -> SQLFragment { left + SQLFragment(right) }

    static func + (left: SQL, right: SQLFragment) -> SQLFragment { SQLFragment(left) + right }

    static func += (left: inout SQLFragment, right: SQLFragment) {
        left.sql = left.sql + right.sql
        left.values += right.values
    }

    static func += (left: inout SQLFragment, right: SQL) { left.sql = left.sql + right }
}
