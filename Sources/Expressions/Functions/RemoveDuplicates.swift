// RemoveDuplicates(attribute)

extension ExpressionFunction {
    /// Each value once, in the order of their first occurrence.
    ///
    /// Unverified: values that differ in case only are different.
    static let removeDuplicates = ExpressionFunction(
        "RemoveDuplicates", "Gives each value of a multi-valued attribute once.",
        [FunctionParameter("attribute")],
        examples: [
            FunctionExample(
                "RemoveDuplicates([proxyAddresses])", ["proxyAddresses": ["a", "b", "a"]],
                gives: ["a", "b"])
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let value = try evaluator.value(call, 0)
        guard case .many(let scalars) = value else { return value }
        var seen: Set<[UInt8]> = []
        return .many(scalars.filter { seen.insert(Array($0.description.utf8)).inserted })
    }
}
