// DateDiff(interval, date1, date2)

extension ExpressionFunction {
    /// How many intervals lie between two dates; negative when the second is earlier.
    ///
    /// Unverified: a null date is an error, because no number would be right.
    static let dateDiff = ExpressionFunction(
        "DateDiff", "Counts the intervals of time between two dates.",
        [FunctionParameter("interval"), FunctionParameter("date1"), FunctionParameter("date2")],
        examples: [
            FunctionExample(
                "DateDiff(\"m\", CDate(\"2021-01-31\"), CDate(\"2021-02-01\"))", gives: "1"),
            FunctionExample(
                "DateDiff(\"h\", CDate(\"2021-08-24\"), CDate(\"2021-08-25\"))", gives: "24"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let interval = try evaluator.interval(call, 0)
        let first = try evaluator.requiredDate(call, 1)
        let second = try evaluator.requiredDate(call, 2)
        return .one(.integer(interval.count(from: first, to: second)))
    }
}
