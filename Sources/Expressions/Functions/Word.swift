// Word(String, WordNumber, Delimiters)

extension ExpressionFunction {
    /// One word of a text, counted from 1; the empty text when there is none.
    ///
    /// Unverified: several delimiters in a row delimit as one.
    static let word = ExpressionFunction(
        "Word", "Gives one word of a text, counted from 1.",
        [
            FunctionParameter("String"), FunctionParameter("WordNumber", .integer),
            FunctionParameter("Delimiters"),
        ],
        examples: [
            FunctionExample("Word(\"The quick brown fox\", 3, \" \")", gives: "brown"),
            FunctionExample("Word(\"a b\", 3, \" \")", gives: ""),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let text = try evaluator.text(call, 0) ?? ""
        let number = try evaluator.requiredInteger(call, 1)
        let delimiters = Set((try evaluator.text(call, 2) ?? "").unicodeScalars)
        let words = text.unicodeScalars.split { delimiters.contains($0) }
        guard number >= 1, number <= words.count else { return "" }
        return .text(String(words[Int(number) - 1]))
    }
}
