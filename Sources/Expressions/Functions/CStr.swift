// CStr(value)

extension ExpressionFunction {
    /// A value as text; null stays null.
    static let cStr = ExpressionFunction(
        "CStr", "Turns a value into text.",
        [FunctionParameter("value")],
        examples: [FunctionExample("CStr(12)", gives: "12")]
    ) { (call, evaluator) throws(EvaluationStop) in
        try evaluator.text(call, 0).map(ExpressionValue.text) ?? .null
    }
}
