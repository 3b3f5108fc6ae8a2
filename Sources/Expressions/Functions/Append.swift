// Append(source, suffix)

extension ExpressionFunction {
    /// Text with a suffix.
    ///
    /// Unverified: a null source gives null, so that a missing name does not become a suffix.
    static let append = ExpressionFunction(
        "Append", "Adds a suffix to the source text.",
        [FunctionParameter("source"), FunctionParameter("suffix")],
        isPublished: true,
        examples: [
            FunctionExample(
                "Append([userPrincipalName], \".test\")",
                ["userPrincipalName": ["ada@contoso.com"]], gives: "ada@contoso.com.test")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let source = try evaluator.text(call, 0) else { return .null }
        return .text(source + (try evaluator.text(call, 1) ?? ""))
    }
}
