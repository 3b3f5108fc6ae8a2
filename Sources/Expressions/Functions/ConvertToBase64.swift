// ConvertToBase64(source)

extension ExpressionFunction {
    /// The base64 text of the source in UTF-16, low byte first.
    static let convertToBase64 = ExpressionFunction(
        "ConvertToBase64", "Encodes the UTF-16 bytes of the source in base64.",
        [FunctionParameter("source")],
        examples: [
            FunctionExample(
                "ConvertToBase64(\"Hello world!\")", gives: "SABlAGwAbABvACAAdwBvAHIAbABkACEA")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let source = try evaluator.text(call, 0) else { return .null }
        var bytes: [UInt8] = []
        for unit in source.utf16 {
            bytes.append(UInt8(truncatingIfNeeded: unit))
            bytes.append(UInt8(truncatingIfNeeded: unit >> 8))
        }
        return .text(BinaryText.base64(bytes))
    }
}
