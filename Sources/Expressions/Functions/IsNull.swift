// IsNull(Expression)

extension ExpressionFunction {
    /// Whether there is no value; an empty text is one.
    static let isNull = ExpressionFunction(
        "IsNull", "Tells whether the expression is null.",
        [FunctionParameter("Expression")],
        examples: [
            FunctionExample("IsNull([displayName])", gives: "True"),
            FunctionExample("IsNull([displayName])", ["displayName": [""]], gives: "False"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        .one(.boolean(try evaluator.value(call, 0).isNull))
    }
}
