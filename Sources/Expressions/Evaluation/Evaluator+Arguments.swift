// How functions read their arguments: evaluated, turned into the type they need, or refused.

extension Evaluator {
    /// The value of an argument; a blank one is null.
    mutating func value(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> ExpressionValue {
        guard let argument = call.argument(index) else { return .null }
        return try evaluate(argument)
    }

    /// The only value of an argument, nil for null.
    ///
    /// Unverified: what the service does with several values where a function takes one; they
    /// are refused, because neither the first nor a joined text would be right to guess.
    mutating func scalar(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> ExpressionScalar? {
        let value = try value(call, index)
        guard value.count <= 1 else {
            throw call.failure(index, expected: "one value", found: "\(value.count) values")
        }
        return value.only
    }

    /// The text of an argument, nil for null.
    mutating func text(_ call: FunctionCall, _ index: Int) throws(EvaluationStop) -> String? {
        try scalar(call, index)?.description
    }

    /// The text of an argument that must not be null.
    mutating func requiredText(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> String {
        guard let text = try text(call, index) else {
            throw call.failure(index, expected: "a text", found: "null")
        }
        return text
    }

    /// The whole number in an argument, nil for null.
    mutating func integer(_ call: FunctionCall, _ index: Int) throws(EvaluationStop) -> Int64? {
        guard let scalar = try scalar(call, index) else { return nil }
        if case .integer(let integer) = scalar { return integer }
        guard let integer = IntegerText.parse(scalar.description) else {
            throw call.failure(
                index, expected: "a whole number", found: "'\(scalar.shortened)'")
        }
        return integer
    }

    /// The whole number in an argument that must not be null.
    mutating func requiredInteger(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> Int64 {
        guard let integer = try integer(call, index) else {
            throw call.failure(index, expected: "a whole number", found: "null")
        }
        return integer
    }

    /// The date in an argument, nil for null.
    mutating func date(_ call: FunctionCall, _ index: Int) throws(EvaluationStop) -> DateTime? {
        guard let scalar = try scalar(call, index) else { return nil }
        if case .date(let date) = scalar { return date }
        guard let date = DateTime(parsing: scalar.description, now: context.now) else {
            throw call.failure(index, expected: "a date", found: "'\(scalar.shortened)'")
        }
        return date
    }

    /// The date in an argument that must not be null.
    mutating func requiredDate(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> DateTime {
        guard let date = try date(call, index) else {
            throw call.failure(index, expected: "a date", found: "null")
        }
        return date
    }
}
