// Arguments as conditions, intervals, formats and cultures, and results within their limit.

extension Evaluator {
    /// A value as a boolean: `True` and `False` in any case, and numbers that are not zero.
    func boolean(
        _ call: FunctionCall, _ index: Int, _ scalar: ExpressionScalar
    ) throws(EvaluationStop) -> Bool {
        switch scalar {
        case .boolean(let boolean): return boolean
        case .integer(let integer): return integer != 0
        case .text(let text):
            switch text.lowercased() {
            case "true": return true
            case "false": return false
            default: if let number = DecimalText.parse(text) { return number != 0 }
            }
        case .date: break
        }
        throw call.failure(
            index, expected: "True, False or a number", found: "'\(scalar.shortened)'")
    }

    /// A condition in one of the forms that the service supports.
    mutating func supportedCondition(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> Bool {
        guard let argument = call.argument(index) else { return false }
        switch argument.node {
        case .condition(let left, let comparison, let right):
            let condition = Condition(left, comparison, right)
            let holds = try condition.evaluate(&self, refusingEmptyFor: call.function.name)
            record(argument, .one(.boolean(holds)))
            return holds
        case .call("IsNullOrEmpty", _), .call("IsPresent", _):
            throw unsupported(.presenceTest, in: call, at: argument)
        default:
            guard let scalar = try scalar(call, index), scalar != .text("") else {
                throw unsupported(.emptySource, in: call, at: argument)
            }
            return try boolean(call, index, scalar)
        }
    }

    private func unsupported(
        _ fault: ExpressionError.ConditionFault, in call: FunctionCall, at tree: ExpressionTree
    ) -> EvaluationStop {
        let reason = ExpressionError.Reason.conditionUnsupported(
            function: call.function.name, fault: fault)
        return .failed(ExpressionError(reason, at: tree.range))
    }

    /// The interval of a date function.
    mutating func interval(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> DateInterval {
        let code = try requiredText(call, index)
        guard let interval = DateInterval(rawValue: code) else {
            throw call.failure(index, expected: DateInterval.codes, found: "'\(code)'")
        }
        return interval
    }

    /// The styles of date parsing; blank and empty mean the service's default.
    mutating func dateTimeStyles(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> DateTimeStyles {
        guard let names = try text(call, index), !names.isEmpty else { return .standard }
        guard let styles = DateTimeStyles(parsing: names) else {
            throw call.failure(
                index, expected: ".NET DateTimeStyles that go together", found: "'\(names)'")
        }
        return styles
    }

    /// A .NET date format.
    mutating func dateTimeFormat(
        _ call: FunctionCall, _ index: Int
    ) throws(EvaluationStop) -> DateTimeFormat {
        let text = try requiredText(call, index)
        guard let format = DateTimeFormat(text) else {
            throw call.failure(index, expected: "a .NET date format", found: "'\(text)'")
        }
        return format
    }

    /// The culture of a casing function; blank means the invariant one.
    mutating func culture(_ call: FunctionCall, _ index: Int) throws(EvaluationStop) -> Culture {
        let name = try text(call, index) ?? ""
        guard let culture = Culture(named: name) else {
            throw call.failure(
                index, expected: "a culture name such as \"en-US\"", found: "'\(name)'")
        }
        return culture
    }

    /// A text that was composed within the limit of results, or the error that it was not.
    func bounded(_ text: String?, _ call: FunctionCall) throws(EvaluationStop) -> ExpressionValue {
        guard let text else {
            throw call.failure(.resultTooLarge(limitBytes: limits.resultBytes))
        }
        return .text(text)
    }
}
