// Prepend(prefix, source)

extension ExpressionFunction {
    /// Text with a prefix.
    ///
    /// Unverified: a null source gives null, as in `Append`; the function is in the service's
    /// metadata only.
    static let prepend = ExpressionFunction(
        "Prepend", "Puts a prefix before the source text.",
        [FunctionParameter("prefix"), FunctionParameter("source")],
        isPublished: true,
        examples: [
            FunctionExample(
                "Prepend(\"EMP-\", [employeeId])", ["employeeId": ["42"]], gives: "EMP-42")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let prefix = try evaluator.text(call, 0) ?? ""
        return try evaluator.text(call, 1).map { .text(prefix + $0) } ?? .null
    }
}
