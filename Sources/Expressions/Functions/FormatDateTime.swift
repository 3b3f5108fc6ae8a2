// FormatDateTime(source, dateTimeStyles, inputFormat, outputFormat)

extension ExpressionFunction {
    /// A date in another format; both formats are .NET's, in the invariant culture.
    ///
    /// A call with three arguments is the form of older schemas, without `dateTimeStyles`.
    ///
    /// Unverified: that the older form is still taken, and that a null or empty source gives
    /// null.
    static let formatDateTime = ExpressionFunction(
        "FormatDateTime", "Reads a date in one format and writes it in another.",
        [
            FunctionParameter("source"), .optional("dateTimeStyles"),
            FunctionParameter("inputFormat"), FunctionParameter("outputFormat"),
        ],
        former: [
            FunctionParameter("source"), FunctionParameter("inputFormat"),
            FunctionParameter("outputFormat"),
        ],
        isPublished: true,
        examples: [
            FunctionExample(
                "FormatDateTime([a], , \"yyyyMMddHHmmss.fZ\", \"yyyy-MM-dd\")",
                ["a": ["20150123105347.1Z"]], gives: "2015-01-23"),
            FunctionExample(
                "FormatDateTime([a], \"yyyy-MM-dd\", \"dd.MM.yy\")", ["a": ["2024-02-09"]],
                gives: "09.02.24"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let source = try evaluator.text(call, 0), !source.isEmpty else { return .null }
        let isFormer = call.arguments.count == 3
        let styles = isFormer ? .standard : try evaluator.dateTimeStyles(call, 1)
        let inputIndex = isFormer ? 1 : 2
        let input = try evaluator.dateTimeFormat(call, inputIndex)
        let output = try evaluator.dateTimeFormat(call, inputIndex + 1)
        guard let date = input.date(from: source, styles: styles, now: evaluator.context.now)
        else {
            let format = try evaluator.text(call, inputIndex) ?? ""
            throw call.failure(
                0, expected: "a date in the format \"\(format)\"",
                found: "'\(ExpressionScalar.text(source).shortened)'")
        }
        return .text(output.string(from: date))
    }
}
