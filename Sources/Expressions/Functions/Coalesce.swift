// Coalesce(source1, source2, …, defaultValue)

extension ExpressionFunction {
    /// The first value that is not null; an empty text is a value.
    ///
    /// The default value is the last argument: it needs no rule of its own. Sources behind the
    /// first value are not evaluated.
    static let coalesce = ExpressionFunction(
        "Coalesce", "Gives the first source that is not null.",
        [FunctionParameter("source", repeats: true)],
        examples: [
            FunctionExample(
                "Coalesce([mail], [userPrincipalName])",
                ["userPrincipalName": ["ada@contoso.com"]], gives: "ada@contoso.com"),
            FunctionExample("Coalesce([mail], \"none\")", gives: "none"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        for index in call.arguments.indices {
            let value = try evaluator.value(call, index)
            if !value.isNull { return value }
        }
        return .null
    }
}
