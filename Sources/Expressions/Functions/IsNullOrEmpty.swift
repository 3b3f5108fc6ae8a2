// IsNullOrEmpty(Expression)

extension ExpressionFunction {
    /// Whether there is no value or only the empty text.
    static let isNullOrEmpty = ExpressionFunction(
        "IsNullOrEmpty", "Tells whether the expression is null or the empty text.",
        [FunctionParameter("Expression")],
        examples: [
            FunctionExample("IsNullOrEmpty([displayName])", ["displayName": [""]], gives: "True"),
            FunctionExample("IsNullOrEmpty([displayName])", ["displayName": ["x"]], gives: "False"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        .one(.boolean(try evaluator.value(call, 0).isNullOrEmpty))
    }
}
