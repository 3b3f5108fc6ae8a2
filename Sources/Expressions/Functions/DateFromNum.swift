// DateFromNum(value)

extension ExpressionFunction {
    /// A FILETIME, ticks of 100 nanoseconds since 1601, as a date.
    ///
    /// Unverified: null gives null.
    static let dateFromNum = ExpressionFunction(
        "DateFromNum", "Turns a number of Active Directory's date format into a date.",
        [FunctionParameter("value", .integer)],
        examples: [
            FunctionExample("DateFromNum(129699324000000000)", gives: "1/1/2012 11:00:00 PM")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let number = try evaluator.integer(call, 0) else { return .null }
        guard let date = DateTime.fileTime(number) else {
            throw call.failure(.dateOutOfRange(function: call.function.name))
        }
        return .one(.date(date.wholeSeconds))
    }
}
