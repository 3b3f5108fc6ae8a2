// A filter as SQL: over a column where the property has one, else over the body's JSON.

import Model

/// Translates filters for one table.
///
/// What is compared is `NULL` where a property is missing, and comparisons with it are false but for
/// `ne` and `eq null`, as in OData; so `not` asks whether its condition is anything but true.
struct FilterSQL {
    let table: QueryTable

    /// The condition that a filter means.
    func condition(_ filter: FilterExpression) -> SQLFragment { condition(filter, depth: 0) }

    /// A condition with so many lambdas around it.
    private func condition(_ filter: FilterExpression, depth: Int) -> SQLFragment {
        switch filter {
        case .and(let left, let right):
            // Without parentheses around a chain: SQLite bounds their depth.
            return condition(left, depth: depth) + " AND " + condition(right, depth: depth)
        case .or(let left, let right):
            return "(" + condition(left, depth: depth) + " OR "
                + condition(right, depth: depth) + ")"
        case .not(let inner): return "(" + condition(inner, depth: depth) + ") IS NOT TRUE"
        case .compare(let operand, let comparison, let literal):
            return compare(operand, comparison, literal)
        case .oneOf(let operand, let literals): return oneOf(operand, literals)
        case .match(let kind, let operand, let text): return match(kind, operand, text)
        case .any(let path, let inner): return any(path, inner, depth: depth)
        case .all(let path, let inner): return all(path, inner, depth: depth)
        }
    }

    // MARK: Values

    /// Names of the rows that lambdas go through, outermost first; the parser bounds their number.
    private static let rows: [(value: SQL, key: SQL)] = [
        ("e0.value", "e0"), ("e1.value", "e1"), ("e2.value", "e2"), ("e3.value", "e3"),
    ]

    private static func row(_ lambda: Int) -> (value: SQL, key: SQL) {
        rows[min(lambda, rows.count - 1)]
    }

    /// The JSON document that a path begins at, and the path below it.
    private func place(_ path: FilterPath) -> (document: SQL, path: String) {
        let names = path.names.map { ".\"" + $0 + "\"" }.joined()
        guard let lambda = path.lambda else { return ("body", "$" + names) }
        return (FilterSQL.row(lambda).value, "$" + names)
    }

    /// The value at a path as JSON has it.
    private func value(_ path: FilterPath) -> SQLFragment {
        if let lambda = path.lambda, path.names.isEmpty {
            return SQLFragment(FilterSQL.row(lambda).value)
        }
        let place = place(path)
        return SQLFragment("json_extract(" + place.document + ", ?)", .text(place.path))
    }

    /// Whether text at a path is compared without case.
    private func folds(_ operand: FilterOperand) -> Bool {
        if operand.function == .lower || operand.function == .upper { return true }
        switch operand.path.kind {
        case .enumeration?, .guid?: return true
        default: return table.foldsText
        }
    }

    /// What is compared: a column, or the body's value made comparable with such a literal.
    private func comparable(_ operand: FilterOperand, to literal: FilterLiteral) -> SQLFragment {
        if operand.function == .count {
            let place = place(operand.path)
            return SQLFragment(
                "coalesce(json_array_length(" + place.document + ", ?), 0)", .text(place.path))
        }
        if let column = table.column(operand.path) {
            // A column of exact text answers questions without case only through the function.
            guard column.kind == .exact, folds(operand) else { return SQLFragment(column.column) }
            return SQLFragment("fold(" + column.column + ")")
        }
        switch (operand.path.kind, literal) {
        case (.dateTimeOffset?, _), (.date?, _), (nil, .instant):
            return "ticks(" + value(operand.path) + ")"
        case (.boolean?, _), (.int32?, _), (.int64?, _), (.double?, _):
            return value(operand.path)
        case (_, .string), (_, .guid): break
        default: return value(operand.path)
        }
        return folds(operand) ? "fold(" + value(operand.path) + ")" : value(operand.path)
    }

    /// A literal as it is bound; nil for a text that the operand can't have.
    private func bound(_ literal: FilterLiteral, _ operand: FilterOperand) -> SQLValue? {
        switch literal {
        case .string(let text): return self.text(text, operand).map(SQLValue.text)
        case .guid(let id): return .text(id.description)
        case .boolean(let flag): return .integer(flag ? 1 : 0)
        case .integer(let value): return .integer(value)
        case .number(let value): return .real(value)
        case .instant(let time): return .integer(time.ticks)
        case .null: return .null
        }
    }

    /// A text as the operand is compared with it; nil when no text of the operand can be equal: where
    /// case counts, a small letter is in nothing that `toupper` makes.
    private func text(_ text: String, _ operand: FilterOperand) -> String? {
        guard folds(operand) else { return text }
        if !table.foldsText {
            if operand.function == .lower, text != text.lowercased() { return nil }
            if operand.function == .upper, text != text.uppercased() { return nil }
        }
        return text.lowercased()
    }

    // MARK: Comparisons

    private func compare(
        _ operand: FilterOperand, _ comparison: FilterComparison, _ literal: FilterLiteral
    ) -> SQLFragment {
        let left = comparable(operand, to: literal)
        guard literal != .null else {
            switch comparison {
            case .equal: return left + " IS NULL"
            case .notEqual: return left + " IS NOT NULL"
            default: return SQLFragment("0")
            }
        }
        guard let value = bound(literal, operand) else {
            return SQLFragment(comparison == .notEqual ? "1" : "0")
        }
        let sign: SQL =
            switch comparison {
            case .equal: " = ?"
            case .notEqual: " IS NOT ?"
            case .greater: " > ?"
            case .greaterOrEqual: " >= ?"
            case .less: " < ?"
            case .lessOrEqual: " <= ?"
            }
        let condition = left + SQLFragment(sign, value)
        guard comparison == .equal, let key = key(operand, left), case .text(let text) = value
        else { return condition }
        // With a sign, or SQLite would put the text into the key, and find no index of that.
        return key + SQLFragment(" = ? AND +", .key(text)) + condition
    }

    /// What an index has in the place of an operand that is the column itself.
    private func key(_ operand: FilterOperand, _ compared: SQLFragment) -> SQLFragment? {
        guard let column = table.column(operand.path), let key = column.key,
            compared.sql == column.column
        else { return nil }
        return SQLFragment(key)
    }

    private func oneOf(_ operand: FilterOperand, _ literals: [FilterLiteral]) -> SQLFragment {
        let values = literals.filter { $0 != .null }.compactMap { bound($0, operand) }
        var condition = SQLFragment("0")
        if let first = literals.first(where: { $0 != .null }), !values.isEmpty {
            condition = comparable(operand, to: first) + " IN ("
            for (index, value) in values.enumerated() {
                condition += SQLFragment(index == 0 ? "?" : ", ?", value)
            }
            condition += ")"
            let keys = values.compactMap { value -> SQLValue? in
                if case .text(let text) = value { .key(text) } else { nil }
            }
            if let key = key(operand, comparable(operand, to: first)), keys.count == values.count {
                var keyed = key + " IN ("
                for (index, key) in keys.enumerated() {
                    keyed += SQLFragment(index == 0 ? "?" : ", ?", key)
                }
                condition = keyed + ") AND +" + condition
            }
        }
        guard literals.contains(.null) else { return condition }
        return "(" + condition + " OR " + comparable(operand, to: .null) + " IS NULL)"
    }

    private func match(
        _ kind: FilterMatch, _ operand: FilterOperand, _ text: String
    ) -> SQLFragment {
        guard let text = self.text(text, operand) else { return SQLFragment("0") }
        let left = comparable(operand, to: .string(text))
        switch kind {
        case .startsWith:
            guard let column = table.column(operand.path), column.column == left.sql else {
                return "instr(" + left + SQLFragment(", ?) = 1", .text(text))
            }
            // A range, because that is what an index answers.
            guard let end = FilterSQL.successor(of: text) else {
                return left + SQLFragment(" >= ?", .text(text))
            }
            return "(" + left + SQLFragment(" >= ?", .text(text)) + " AND " + left
                + SQLFragment(" < ?)", .text(end))
        case .contains: return "instr(" + left + SQLFragment(", ?) > 0", .text(text))
        case .endsWith:
            guard !text.isEmpty else { return left + " IS NOT NULL" }
            return "substr(" + left + SQLFragment(", -length(?)) = ?", .text(text), .text(text))
        case .word:
            return "instr(' ' || replace(replace(replace(" + left
                + SQLFragment(
                    ", '-', ' '), '.', ' '), '_', ' '), ' ' || ?) > 0", .text(text))
        }
    }

    // MARK: Collections

    private func elements(_ path: FilterPath) -> SQLFragment {
        let place = place(path)
        return SQLFragment("json_each(" + place.document + ", ?) AS ", .text(place.path))
    }

    private func any(
        _ path: FilterPath, _ inner: FilterExpression?, depth: Int
    ) -> SQLFragment {
        let row = FilterSQL.row(depth).key
        var exists = "EXISTS (SELECT 1 FROM " + elements(path)
        exists += row + " WHERE " + row + ".type <> 'null'"
        if let inner { exists += " AND " + condition(inner, depth: depth + 1) }
        return exists + ")"
    }

    private func all(
        _ path: FilterPath, _ inner: FilterExpression, depth: Int
    ) -> SQLFragment {
        let row = FilterSQL.row(depth).key
        var exists = "NOT EXISTS (SELECT 1 FROM " + elements(path)
        exists += row + " WHERE " + row + ".type <> 'null' AND ("
        return exists + condition(inner, depth: depth + 1) + ") IS NOT TRUE)"
    }

    // MARK: Ranges

    /// The property whose index a filter goes through in its order; nil when it goes through none.
    func rangeProperty(_ filter: FilterExpression) -> String? {
        var range: String?
        var isEqual = false
        func visit(_ filter: FilterExpression) {
            switch filter {
            case .and(let left, let right):
                visit(left)
                visit(right)
            case .match(.startsWith, let operand, _): note(operand)
            case .compare(let operand, .equal, let literal) where literal != .null:
                if operand.function == nil, table.column(operand.path) != nil { isEqual = true }
            case .compare(let operand, let comparison, _)
            where comparison != .equal && comparison != .notEqual:
                note(operand)
            default: break
            }
        }
        func note(_ operand: FilterOperand) {
            guard range == nil, let column = table.column(operand.path), column.kind != .boolean,
                column.key == nil,
                comparable(operand, to: .string("")).sql == column.column
            else { return }
            range = column.property
        }
        visit(filter)
        return isEqual ? nil : range
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
}
