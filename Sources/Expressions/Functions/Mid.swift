// Mid(source, start, length)

extension ExpressionFunction {
    /// A part of a text; the start counts from 1, both numbers in UTF-16 code units.
    ///
    /// Unverified: a start outside the text and a negative length give the whole text, as in
    /// the function of that name in Connect sync; a null source gives null.
    static let mid = ExpressionFunction(
        "Mid", "Gives so many characters of a text from a position, counted from 1.",
        [
            FunctionParameter("source"), FunctionParameter("start", .integer),
            FunctionParameter("length", .integer),
        ],
        isPublished: true,
        examples: [
            FunctionExample("Mid(\"John Doe\", 3, 5)", gives: "hn Do"),
            FunctionExample("Mid(\"John Doe\", 6, 999)", gives: "Doe"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let source = try evaluator.text(call, 0)
        let start = try evaluator.requiredInteger(call, 1)
        let length = try evaluator.requiredInteger(call, 2)
        guard let source else { return .null }
        let isInside = start >= 1 && start <= UTF16Text.count(source)
        guard length != 0 else { return "" }
        guard isInside, length > 0 else { return .text(source) }
        return .text(UTF16Text.part(of: source, dropping: start - 1, count: length))
    }
}
