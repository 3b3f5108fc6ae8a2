// A call while it is evaluated: which function, which arguments, and where.

/// What a function's code sees of its call.
struct FunctionCall {
    /// The function that is called.
    let function: ExpressionFunction
    /// The arguments; a blank one is nil.
    let arguments: [ExpressionTree?]
    /// Where the call stands.
    let range: Range<Int>

    /// The argument at an index, nil when blank or absent.
    func argument(_ index: Int) -> ExpressionTree? {
        index < arguments.count ? arguments[index] : nil
    }

    /// Whether the argument at an index is there.
    func has(_ index: Int) -> Bool {
        argument(index) != nil
    }

    /// The name of the parameter an argument belongs to.
    func parameterName(_ index: Int) -> String {
        let parameters = function.parameters(forArgumentCount: arguments.count)
        return FunctionParameter.find(in: parameters, at: index)?.name ?? "\(index + 1)"
    }

    /// An error about the call as a whole.
    func failure(_ reason: ExpressionError.Reason) -> EvaluationStop {
        .failed(ExpressionError(reason, at: range))
    }

    /// An error about one argument, placed where the argument stands.
    func failure(_ index: Int, expected: String, found: String) -> EvaluationStop {
        let reason = ExpressionError.Reason.argumentInvalid(
            function: function.name, argument: parameterName(index), expected: expected,
            found: found)
        return .failed(ExpressionError(reason, at: argument(index)?.range ?? range))
    }

    /// An error about the regular expression in an argument.
    func failure(_ index: Int, _ failure: RegularExpression.Failure) -> EvaluationStop {
        let reason = ExpressionError.Reason.regularExpression(
            function: function.name, argument: parameterName(index), failure)
        return .failed(ExpressionError(reason, at: argument(index)?.range ?? range))
    }
}
