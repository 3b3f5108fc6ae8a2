// NumFromDate(value)

extension ExpressionFunction {
    /// A date as a FILETIME: ticks of 100 nanoseconds since 1601.
    ///
    /// Unverified: null gives null.
    static let numFromDate = ExpressionFunction(
        "NumFromDate", "Turns a date into a number of Active Directory's date format.",
        [FunctionParameter("value")],
        examples: [
            FunctionExample("NumFromDate(\"2012-01-01T23:00:00Z\")", gives: "129699324000000000")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let date = try evaluator.date(call, 0) else { return .null }
        guard let number = date.fileTime else {
            throw call.failure(0, expected: "a date of 1601 or later", found: "'\(date)'")
        }
        return .one(.integer(number))
    }
}
