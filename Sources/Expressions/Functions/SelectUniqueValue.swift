// SelectUniqueValue(uniqueValueRule1, uniqueValueRule2, …)

extension ExpressionFunction {
    /// The first value that the context's look-up does not find taken in the target.
    ///
    /// That it applies to created objects only, and not to matching attributes, is for the
    /// caller to know.
    ///
    /// Unverified: a rule without a value is passed over.
    static let selectUniqueValue = ExpressionFunction(
        "SelectUniqueValue", "Gives the first value that is not taken in the target.",
        [FunctionParameter("uniqueValueRule", minimumOccurrences: 2, repeats: true)],
        rules: .outermostOnly,
        examples: [
            FunctionExample("SelectUniqueValue(\"taken\", \"free\")", gives: "free")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let isTaken = evaluator.context.isTaken else {
            throw call.failure(.contextMissing(function: call.function.name, part: .isTaken))
        }
        var tried: [String] = []
        for index in call.arguments.indices {
            guard let candidate = try evaluator.text(call, index), !candidate.isEmpty else {
                continue
            }
            if !isTaken(candidate) { return .text(candidate) }
            tried.append(candidate)
        }
        throw call.failure(.noUniqueValue(function: call.function.name, tried: tried))
    }
}
