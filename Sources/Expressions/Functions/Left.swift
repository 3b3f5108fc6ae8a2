// Left(String, NumChars)

extension ExpressionFunction {
    /// The first characters of a text, counted in UTF-16 code units; null gives the empty text.
    static let left = ExpressionFunction(
        "Left", "Gives so many characters from the start of a text.",
        [FunctionParameter("String"), FunctionParameter("NumChars", .integer)],
        examples: [
            FunctionExample("Left(\"John Doe\", 3)", gives: "Joh"),
            FunctionExample("Left(\"John Doe\", -1)", gives: "John Doe"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let text = try evaluator.text(call, 0) ?? ""
        let count = try evaluator.requiredInteger(call, 1)
        guard count >= 0 else { return .text(text) }
        return .text(UTF16Text.part(of: text, dropping: 0, count: count))
    }
}
