// IsPresent(Expression)

extension ExpressionFunction {
    /// Whether there is a value other than the empty text.
    static let isPresent = ExpressionFunction(
        "IsPresent", "Tells whether the expression has a value that is not empty.",
        [FunctionParameter("Expression")],
        examples: [
            FunctionExample("IsPresent([displayName])", ["displayName": ["x"]], gives: "True"),
            FunctionExample("IsPresent([displayName])", gives: "False"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        .one(.boolean(!(try evaluator.value(call, 0).isNullOrEmpty)))
    }
}
