// What can be said against a call before it is evaluated.

/// The checks of a call against its function's signature.
enum CallRules {
    /// Refuses a call that its function could never take.
    static func check(
        _ function: ExpressionFunction, _ arguments: [ExpressionTree?], at range: Range<Int>,
        isOutermost: Bool
    ) throws(ExpressionError) {
        if function.rules.contains(.outermostOnly), !isOutermost {
            throw ExpressionError(.notOutermost(function: function.name), at: range)
        }
        let parameters = function.parameters(forArgumentCount: arguments.count)
        try checkCount(function, parameters, arguments.count, at: range)
        if function.rules.contains(.pairs), !arguments.count.isMultiple(of: 2) {
            throw ExpressionError(
                .argumentsUnpaired(function: function.name, found: arguments.count), at: range)
        }
        try checkRequired(function, parameters, arguments, at: range)
        try checkNumbers(function, parameters, arguments)
    }

    private static func checkCount(
        _ function: ExpressionFunction, _ parameters: [FunctionParameter], _ count: Int,
        at range: Range<Int>
    ) throws(ExpressionError) {
        let repeats = parameters.last?.repeats == true
        let isTooLong = count > parameters.count && !repeats
        let isTooShort = count < function.minimumArguments(of: parameters)
        guard isTooLong || isTooShort else { return }
        let expected = function.argumentCountWords(of: parameters)
        throw ExpressionError(
            .argumentCount(function: function.name, expected: expected, found: count), at: range)
    }

    private static func checkRequired(
        _ function: ExpressionFunction, _ parameters: [FunctionParameter],
        _ arguments: [ExpressionTree?], at range: Range<Int>
    ) throws(ExpressionError) {
        for (index, parameter) in parameters.enumerated() where parameter.isRequired {
            guard index < arguments.count, arguments[index] != nil else {
                throw ExpressionError(
                    .argumentMissing(function: function.name, argument: parameter.name), at: range)
            }
        }
    }

    /// Constants can be checked without an object, which is what a schema check needs.
    private static func checkNumbers(
        _ function: ExpressionFunction, _ parameters: [FunctionParameter],
        _ arguments: [ExpressionTree?]
    ) throws(ExpressionError) {
        for (parameter, argument) in zip(parameters, arguments) where parameter.type == .integer {
            guard let argument, case .constant(let constant) = argument.node else { continue }
            guard IntegerText.parse(constant.text) == nil else { continue }
            throw ExpressionError(
                .argumentInvalid(
                    function: function.name, argument: parameter.name,
                    expected: "a whole number", found: "'\(constant.text)'"),
                at: argument.range)
        }
    }
}
