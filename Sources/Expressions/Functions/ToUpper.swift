// ToUpper(source, culture)

extension ExpressionFunction {
    /// The text in upper case, by the rules of a culture; the invariant one by default.
    static let toUpper = ExpressionFunction(
        "ToUpper", "Turns a text into upper case by the rules of a culture.",
        [FunctionParameter("source"), .optional("culture")],
        examples: [
            FunctionExample("ToUpper([a])", ["a": ["abc"]], gives: "ABC"),
            FunctionExample("ToUpper([a], \"tr-TR\")", ["a": ["title"]], gives: "TİTLE"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let culture = try evaluator.culture(call, 1)
        guard let source = try evaluator.text(call, 0) else { return .null }
        return .text(CaseMapping.uppercased(source, in: culture))
    }
}
