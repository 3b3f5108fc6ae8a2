// BitAnd(value1, value2)

extension ExpressionFunction {
    /// The bits two numbers share.
    ///
    /// Unverified: null counts as 0.
    static let bitAnd = ExpressionFunction(
        "BitAnd", "Gives the bits that are set in both numbers, as a number.",
        [FunctionParameter("value1", .integer), FunctionParameter("value2", .integer)],
        examples: [
            FunctionExample("BitAnd(&HF, &HF7)", gives: "7"),
            FunctionExample(
                "BitAnd([userAccountControl], 2)", ["userAccountControl": ["514"]], gives: "2"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let first = try evaluator.integer(call, 0) ?? 0
        let second = try evaluator.integer(call, 1) ?? 0
        return .one(.integer(first & second))
    }
}
