// Redact(value)

extension ExpressionFunction {
    /// The value itself; logs show `[Redact]` in its place.
    ///
    /// Unverified: inside another function it redacts the whole attribute. The reference names
    /// the parameter "attribute/value".
    static let redact = ExpressionFunction(
        "Redact", "Keeps the value out of the provisioning logs.",
        [FunctionParameter("value")],
        examples: [
            FunctionExample(
                "Redact([userPrincipalName])", ["userPrincipalName": ["a@b.c"]], gives: "a@b.c")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let value = try evaluator.value(call, 0)
        evaluator.isRedacted = true
        return value
    }
}
