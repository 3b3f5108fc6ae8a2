// Comparisons: equality of texts, order of numbers and dates.

/// A comparison of two parts of an expression.
struct Condition {
    private let left: ExpressionTree
    private let comparison: ComparisonOperator
    private let right: ExpressionTree

    init(_ left: ExpressionTree, _ comparison: ComparisonOperator, _ right: ExpressionTree) {
        self.left = left
        self.comparison = comparison
        self.right = right
    }

    /// Whether the comparison holds.
    ///
    /// Unverified: texts are compared by their code points, so `01` is not `1`; order is that
    /// of numbers when both sides are numbers, that of dates when both are dates, and there is
    /// no other. Null equals null and the empty text, unless a function refuses both.
    func evaluate(
        _ evaluator: inout Evaluator, refusingEmptyFor function: String? = nil
    ) throws(EvaluationStop) -> Bool {
        if let function { try refuseEmptyText(function) }
        let first = try side(left, &evaluator, refusingEmptyFor: function)
        let second = try side(right, &evaluator, refusingEmptyFor: function)
        switch comparison {
        case .equal: return isSame(first, second)
        case .notEqual: return !isSame(first, second)
        default: break
        }
        if let first = integer(first), let second = integer(second) { return holds(first, second) }
        if let first = number(first), let second = number(second) { return holds(first, second) }
        let now = evaluator.context.now
        if let first = date(first, now), let second = date(second, now) {
            return holds(first.ticks, second.ticks)
        }
        let isLeftFine = number(first) != nil || date(first, now) != nil
        throw failure(at: isLeftFine ? right : left, found: isLeftFine ? second : first)
    }

    private func refuseEmptyText(_ function: String) throws(EvaluationStop) {
        for tree in [left, right] {
            if case .constant(let constant) = tree.node, constant.text.isEmpty {
                throw unsupported(.comparisonWithEmptyText, function, at: tree)
            }
        }
    }

    private func side(
        _ tree: ExpressionTree, _ evaluator: inout Evaluator,
        refusingEmptyFor function: String?
    ) throws(EvaluationStop) -> ExpressionScalar? {
        let value = try evaluator.evaluate(tree)
        if let function, value.isNullOrEmpty {
            throw unsupported(.emptySource, function, at: tree)
        }
        guard value.count <= 1 else {
            throw stop(at: tree, expected: "one value", found: "\(value.count) values")
        }
        return value.only
    }

    private func isSame(_ first: ExpressionScalar?, _ second: ExpressionScalar?) -> Bool {
        OrdinalText.isSame(first?.description ?? "", second?.description ?? "")
    }

    private func integer(_ scalar: ExpressionScalar?) -> Int64? {
        switch scalar {
        case .integer(let integer): integer
        case .text(let text): IntegerText.parse(text)
        default: nil
        }
    }

    private func number(_ scalar: ExpressionScalar?) -> Double? {
        switch scalar {
        case .integer(let integer): Double(integer)
        case .text(let text): DecimalText.parse(text)
        default: nil
        }
    }

    private func date(_ scalar: ExpressionScalar?, _ now: DateTime?) -> DateTime? {
        switch scalar {
        case .date(let date): date
        case .text(let text): DateTime(parsing: text, now: now)
        default: nil
        }
    }

    private func holds<Value: Comparable>(_ first: Value, _ second: Value) -> Bool {
        switch comparison {
        case .equal: first == second
        case .notEqual: first != second
        case .less: first < second
        case .lessOrEqual: first <= second
        case .greater: first > second
        case .greaterOrEqual: first >= second
        }
    }

    private func unsupported(
        _ fault: ExpressionError.ConditionFault, _ function: String, at tree: ExpressionTree
    ) -> EvaluationStop {
        .failed(
            ExpressionError(.conditionUnsupported(function: function, fault: fault), at: tree.range)
        )
    }

    private func failure(at tree: ExpressionTree, found: ExpressionScalar?) -> EvaluationStop {
        stop(
            at: tree, expected: "two numbers or two dates to put in order",
            found: found.map { "'\($0.shortened)'" } ?? "null")
    }

    private func stop(
        at tree: ExpressionTree, expected: String, found: String
    ) -> EvaluationStop {
        .failed(
            ExpressionError(
                .argumentInvalid(
                    function: "'\(comparison.rawValue)'", argument: tree.description,
                    expected: expected, found: found),
                at: tree.range))
    }
}
