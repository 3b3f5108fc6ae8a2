// Join(separator, source1, source2, …)

extension ExpressionFunction {
    /// Every value of every source with a separator between them; empty ones are left out
    /// together with their separator.
    ///
    /// Unverified: nothing to join gives the empty text.
    static let join = ExpressionFunction(
        "Join", "Joins all values of the sources with a separator between them.",
        [FunctionParameter("separator"), FunctionParameter("source", repeats: true)],
        isPublished: true,
        examples: [
            FunctionExample(
                "Join(\", \", \"\", [surname], [givenName])",
                ["surname": ["Lovelace"], "givenName": ["Ada"]], gives: "Lovelace, Ada"),
            FunctionExample(
                "Join(\";\", [otherMails], \"z\")", ["otherMails": ["a", "b"]], gives: "a;b;z"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let separator = try evaluator.text(call, 0) ?? ""
        var text = BoundedText(limitBytes: evaluator.limits.resultBytes)
        var isFirst = true
        for index in call.arguments.indices.dropFirst() {
            for part in try evaluator.value(call, index).texts where !part.isEmpty {
                if !isFirst { text.append(separator.utf8) }
                text.append(part.utf8)
                isFirst = false
            }
        }
        return try evaluator.bounded(text.text, call)
    }
}
