// DateAdd(interval, value, dateTime)

extension ExpressionFunction {
    /// A date some intervals later, or earlier for a negative value.
    ///
    /// Unverified: a null date gives null; intervals of Visual Basic that the reference does
    /// not list (`q`, `y`, `w`) are refused.
    static let dateAdd = ExpressionFunction(
        "DateAdd", "Adds intervals of time to a date.",
        [
            FunctionParameter("interval"), FunctionParameter("value", .integer),
            FunctionParameter("dateTime"),
        ],
        examples: [
            FunctionExample(
                "DateAdd(\"d\", 7, CDate([hired]))", ["hired": ["2012-03-16-07:00"]],
                gives: "3/23/2012 7:00:00 AM")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let interval = try evaluator.interval(call, 0)
        let count = try evaluator.requiredInteger(call, 1)
        guard let date = try evaluator.date(call, 2) else { return .null }
        guard let sum = interval.adding(count, to: date.wholeSeconds) else {
            throw call.failure(.dateOutOfRange(function: call.function.name))
        }
        return .one(.date(sum))
    }
}
