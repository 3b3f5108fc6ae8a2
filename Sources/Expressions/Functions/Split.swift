// Split(source, delimiter)

extension ExpressionFunction {
    /// The parts of a text between delimiters, without the spaces around them.
    ///
    /// Unverified: the delimiter, which the metadata lets be omitted, is then a comma; one of
    /// several characters is one delimiter; empty parts are left out.
    static let split = ExpressionFunction(
        "Split", "Splits a text at a delimiter into several values.",
        [FunctionParameter("source"), .optional("delimiter")],
        isPublished: true,
        examples: [
            FunctionExample("Split([a], \",\")", ["a": ["One, Two"]], gives: ["One", "Two"])
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let source = try evaluator.text(call, 0) else { return .null }
        let parts = OrdinalText.split(source, at: try evaluator.text(call, 1) ?? ",")
        return .texts(parts.map(OrdinalText.trimmed).filter { !$0.isEmpty })
    }
}
