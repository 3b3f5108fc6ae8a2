// CDate(Expression)

extension ExpressionFunction {
    /// A text as a date in UTC, without its fraction of a second.
    ///
    /// Unverified: null gives null.
    static let cDate = ExpressionFunction(
        "CDate", "Reads a date; the result is in UTC.",
        [FunctionParameter("Expression")],
        examples: [
            FunctionExample("CDate(\"2021-06-30+08:00\")", gives: "6/29/2021 4:00:00 PM")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let date = try evaluator.date(call, 0) else { return .null }
        return .one(.date(date.wholeSeconds))
    }
}
