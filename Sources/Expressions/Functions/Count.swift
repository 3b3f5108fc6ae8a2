// Count(attribute)

extension ExpressionFunction {
    /// How many values there are; none for null.
    static let count = ExpressionFunction(
        "Count", "Counts the values of a multi-valued attribute.",
        [FunctionParameter("attribute")],
        examples: [
            FunctionExample(
                "Count([proxyAddresses])", ["proxyAddresses": ["SMTP:a@x", "smtp:b@x"]],
                gives: "2")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        .one(.integer(Int64(try evaluator.value(call, 0).count)))
    }
}
