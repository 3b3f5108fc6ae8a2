// Not(source)

extension ExpressionFunction {
    /// `False` for a true source and `True` for everything else, null included.
    ///
    /// Unverified: the case of the letters of `True` does not matter.
    static let not = ExpressionFunction(
        "Not", "Gives False for True, and True for anything else.",
        [FunctionParameter("source", .boolean)],
        isPublished: true,
        examples: [
            FunctionExample("Not([IsSoftDeleted])", ["IsSoftDeleted": ["True"]], gives: "False"),
            FunctionExample("Not([accountEnabled])", gives: "True"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let text = try evaluator.text(call, 0) ?? ""
        return .one(.boolean(text.lowercased() != "true"))
    }
}
