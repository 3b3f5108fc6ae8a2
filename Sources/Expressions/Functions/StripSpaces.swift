// StripSpaces(source)

extension ExpressionFunction {
    /// The text without any space; other white space stays.
    static let stripSpaces = ExpressionFunction(
        "StripSpaces", "Removes all spaces from a text.",
        [FunctionParameter("source")],
        isPublished: true,
        examples: [FunctionExample("StripSpaces([a])", ["a": [" a b  c "]], gives: "abc")]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let source = try evaluator.text(call, 0) else { return .null }
        return .text(String(decoding: source.utf8.filter { $0 != 0x20 }, as: UTF8.self))
    }
}
