// CBool(Expression)

extension ExpressionFunction {
    /// A value or a comparison as `True` or `False`.
    ///
    /// Unverified: null gives `False`; text that is neither a number nor a boolean is an error.
    static let cBool = ExpressionFunction(
        "CBool", "Gives True for a true comparison and for a value that is not zero.",
        [FunctionParameter("Expression", .condition)],
        examples: [
            FunctionExample("CBool([a] = [b])", ["a": ["x"], "b": ["x"]], gives: "True"),
            FunctionExample("CBool(0)", gives: "False"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let scalar = try evaluator.scalar(call, 0) else { return false }
        return .one(.boolean(try evaluator.boolean(call, 0, scalar)))
    }
}
