// InStr(value1, value2, start, compareType)

extension ExpressionFunction {
    /// The position of a text in another, from 1; 0 when it is not there.
    ///
    /// Positions count UTF-16 code units. As in Visual Basic, an empty text is found at the
    /// start, and a start below 1 is an error.
    ///
    /// Differs from Entra: `vbTextCompare` ignores case only; Visual Basic also ignores the
    /// width of characters and the kind of kana.
    static let inStr = ExpressionFunction(
        "InStr", "Finds the first position of a text in another, from 1.",
        [
            FunctionParameter("value1"), FunctionParameter("value2"),
            .optional("start", .integer), .optional("compareType"),
        ],
        examples: [
            FunctionExample("InStr(\"The quick brown fox\", \"quick\")", gives: "5"),
            FunctionExample("InStr(\"repEated\", \"e\", 3, vbBinaryCompare)", gives: "7"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        var text = try evaluator.text(call, 0) ?? ""
        var part = try evaluator.text(call, 1) ?? ""
        let start = try evaluator.integer(call, 2) ?? 1
        guard start >= 1 else {
            throw call.failure(2, expected: "a position of 1 or more", found: "\(start)")
        }
        switch try evaluator.text(call, 3) ?? "vbBinaryCompare" {
        case "vbBinaryCompare": break
        case "vbTextCompare":
            text = CaseMapping.uppercased(text)
            part = CaseMapping.uppercased(part)
        case let other:
            throw call.failure(
                3, expected: "vbBinaryCompare or vbTextCompare", found: "'\(other)'")
        }
        guard start <= UTF16Text.count(text) else { return 0 }
        let position = UTF16Text.position(of: part, in: text, from: Int(start - 1))
        return .one(.integer(Int64(position.map { $0 + 1 } ?? 0)))
    }
}
