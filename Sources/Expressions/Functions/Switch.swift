// Switch(source, defaultValue, key1, value1, key2, value2, …)

extension ExpressionFunction {
    /// The value of the first key that is the source, else the default value.
    ///
    /// Keys are compared by code points. A null or empty source is found by an empty or blank
    /// key. Only the value that is chosen is evaluated.
    ///
    /// Differs from Entra: a source attribute that did not change is read all the same; the
    /// service is known to take it for null in incremental cycles.
    static let `switch` = ExpressionFunction(
        "Switch", "Gives the value of the key that is the source, or a default value.",
        [
            FunctionParameter("source"), .optional("defaultValue"),
            .optional("switchValue", repeats: true),
        ],
        isPublished: true, rules: .pairs,
        examples: [
            FunctionExample(
                "Switch([state], \"Sydney\", \"QLD\", \"Brisbane\", \"SA\", \"Adelaide\")",
                ["state": ["QLD"]], gives: "Brisbane"),
            FunctionExample("Switch([flag], \"other\", \"\", \"none\")", gives: "none"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let source = try evaluator.text(call, 0) ?? ""
        for index in stride(from: 2, to: call.arguments.count - 1, by: 2) {
            let key = try evaluator.text(call, index) ?? ""
            if OrdinalText.isSame(source, key) { return try evaluator.value(call, index + 1) }
        }
        return try evaluator.value(call, 1)
    }
}
