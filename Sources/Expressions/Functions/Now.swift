// Now()

extension ExpressionFunction {
    /// The context's time, without its fraction of a second.
    static let now = ExpressionFunction(
        "Now", "Gives the current time in UTC.", [],
        examples: [FunctionExample("Now()", gives: "7/2/2021 3:33:38 PM")]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let now = evaluator.context.now else {
            throw call.failure(.contextMissing(function: call.function.name, part: .now))
        }
        return .one(.date(now.wholeSeconds))
    }
}
