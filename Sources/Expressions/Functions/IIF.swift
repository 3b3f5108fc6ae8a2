// IIF(condition, valueIfTrue, valueIfFalse)

extension ExpressionFunction {
    /// One of two values; the other one is not evaluated.
    ///
    /// A condition on a null or empty value, a comparison with `""`, and `IsNullOrEmpty` or
    /// `IsPresent` as the condition are documented as unsupported, and refused.
    ///
    /// Unverified: whether the service refuses the last two also where a value is present.
    static let iif = ExpressionFunction(
        "IIF", "Gives one of two values, as a condition decides.",
        [
            FunctionParameter("condition", .condition), FunctionParameter("valueIfTrue"),
            FunctionParameter("valueIfFalse"),
        ],
        examples: [
            FunctionExample(
                "IIF([country] = \"USA\", [country], [department])",
                ["country": ["USA"], "department": ["Sales"]], gives: "USA")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        try evaluator.value(call, evaluator.supportedCondition(call, 0) ? 1 : 2)
    }
}
