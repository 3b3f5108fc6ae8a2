// IsString(Expression)

extension ExpressionFunction {
    /// Whether the expression can be one text.
    ///
    /// Unverified: every single value can, null and several values cannot.
    static let isString = ExpressionFunction(
        "IsString", "Tells whether the expression can be evaluated to a text.",
        [FunctionParameter("Expression")],
        examples: [
            FunctionExample("IsString([displayName])", ["displayName": ["x"]], gives: "True")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        .one(.boolean(try evaluator.value(call, 0).only != nil))
    }
}
