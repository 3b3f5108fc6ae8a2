// ToLower(source, culture)

extension ExpressionFunction {
    /// The text in lower case, by the rules of a culture; the invariant one by default.
    static let toLower = ExpressionFunction(
        "ToLower", "Turns a text into lower case by the rules of a culture.",
        [FunctionParameter("source"), .optional("culture")],
        examples: [
            FunctionExample("ToLower([a])", ["a": ["ÄBC"]], gives: "äbc"),
            FunctionExample("ToLower([a], \"tr-TR\")", ["a": ["TITLE"]], gives: "tıtle"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let culture = try evaluator.culture(call, 1)
        guard let source = try evaluator.text(call, 0) else { return .null }
        return .text(CaseMapping.lowercased(source, in: culture))
    }
}
