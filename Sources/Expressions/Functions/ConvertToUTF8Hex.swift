// ConvertToUTF8Hex(source)

extension ExpressionFunction {
    /// The UTF-8 bytes of the source as upper-case hexadecimal digits.
    static let convertToUTF8Hex = ExpressionFunction(
        "ConvertToUTF8Hex", "Writes the UTF-8 bytes of the source as hexadecimal digits.",
        [FunctionParameter("source")],
        examples: [
            FunctionExample(
                "ConvertToUTF8Hex(\"Hello world!\")", gives: "48656C6C6F20776F726C6421")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let source = try evaluator.text(call, 0) else { return .null }
        return .text(BinaryText.hexadecimal(source.utf8))
    }
}
