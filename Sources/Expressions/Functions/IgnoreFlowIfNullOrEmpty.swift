// IgnoreFlowIfNullOrEmpty(Expression)

extension ExpressionFunction {
    /// The value, or the order to leave the attribute out of the write.
    ///
    /// Unverified: inside another function, an empty value drops the whole attribute too, and
    /// the mapping's default value is not applied.
    static let ignoreFlowIfNullOrEmpty = ExpressionFunction(
        "IgnoreFlowIfNullOrEmpty", "Leaves the attribute out of the write when it has no value.",
        [FunctionParameter("Expression")],
        examples: [
            FunctionExample(
                "IgnoreFlowIfNullOrEmpty([department])", ["department": ["HR"]], gives: "HR"),
            FunctionExample("IgnoreFlowIfNullOrEmpty([department])", gives: []),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let value = try evaluator.value(call, 0)
        guard !value.isNullOrEmpty else { throw .dropped }
        return value
    }
}
