// Item(attribute, index)

extension ExpressionFunction {
    /// One of several values, counted from 1.
    ///
    /// Unverified: an index beyond the last value is an error, as it is in the function of that
    /// name in Connect sync; a null attribute gives null.
    static let item = ExpressionFunction(
        "Item", "Gives one value of a multi-valued attribute, counted from 1.",
        [FunctionParameter("attribute"), FunctionParameter("index", .integer)],
        examples: [
            FunctionExample("Item(Split([a], \",\"), 2)", ["a": ["A,B,C"]], gives: "B")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let values = try evaluator.value(call, 0).scalars
        let index = try evaluator.requiredInteger(call, 1)
        if values.isEmpty, index >= 1 { return .null }
        guard index >= 1, index <= values.count else {
            throw call.failure(
                1, expected: "an index from 1 to \(values.count)", found: "\(index)")
        }
        return .one(values[Int(index) - 1])
    }
}
