// NormalizeDiacritics(source)

extension ExpressionFunction {
    /// The text with the service's table of letters with diacritics replaced by plain ones.
    static let normalizeDiacritics = ExpressionFunction(
        "NormalizeDiacritics", "Replaces letters with diacritics by plain ones.",
        [FunctionParameter("source")],
        examples: [
            FunctionExample(
                "NormalizeDiacritics([givenName])", ["givenName": ["Zoë"]], gives: "Zoe")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        try evaluator.text(call, 0).map { .text(DiacriticsTable.normalize($0)) } ?? .null
    }
}
