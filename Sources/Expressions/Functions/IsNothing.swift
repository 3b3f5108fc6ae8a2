// IsNothing(source)

extension ExpressionFunction {
    /// Whether the source is null.
    ///
    /// Unverified: the function is in the service's metadata only; it is taken for Visual
    /// Basic's function of that name.
    static let isNothing = ExpressionFunction(
        "IsNothing", "Tells whether the source is null.",
        [FunctionParameter("source", .boolean)],
        isPublished: true,
        examples: [FunctionExample("IsNothing([accountEnabled])", gives: "True")]
    ) { (call, evaluator) throws(EvaluationStop) in
        .one(.boolean(try evaluator.value(call, 0).isNull))
    }
}
