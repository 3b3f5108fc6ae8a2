// The five ways of Replace, told apart by the arguments that are given.

/// A call of `Replace`.
struct ReplaceForm {
    private let call: FunctionCall

    init(_ call: FunctionCall) {
        self.call = call
    }

    /// The positions of the arguments.
    private enum Argument {
        static let source = 0
        static let find = 1
        static let pattern = 2
        static let group = 3
        static let replacement = 4
        static let property = 5
        static let template = 6
    }

    /// Replaces in the way that the arguments make.
    ///
    /// Unverified: which way wins when the arguments make several; here a pattern goes before a
    /// text, and a property before a replacement.
    func evaluate(_ evaluator: inout Evaluator) throws(EvaluationStop) -> ExpressionValue {
        let source = try evaluator.text(call, Argument.source)
        let hasGroup = call.has(Argument.group)
        if call.has(Argument.pattern), hasGroup, call.has(Argument.property) {
            return try valueOfProperty(source, &evaluator)
        }
        guard let source else { return .null }
        if call.has(Argument.pattern), call.has(Argument.replacement) {
            return hasGroup
                ? try replacingGroup(in: source, &evaluator)
                : try replacingPattern(in: source, &evaluator)
        }
        if call.has(Argument.find), call.has(Argument.template) {
            return try fillingTemplate(with: source, &evaluator)
        }
        if call.has(Argument.find), call.has(Argument.replacement) {
            return try replacingText(in: source, &evaluator)
        }
        throw call.failure(
            .argumentsDisagree(
                function: call.function.name,
                expected: "Find with Replacement or Template, or RegularExpression with "
                    + "Replacement, or with RegularExpressionGroupName and Replacement or "
                    + "ReplacementPropertyName"))
    }

    private func replacingText(
        in source: String, _ evaluator: inout Evaluator
    ) throws(EvaluationStop) -> ExpressionValue {
        let find = try textToFind(&evaluator)
        let replacement = try evaluator.text(call, Argument.replacement) ?? ""
        let replaced = OrdinalText.replacing(
            find, in: source, with: replacement, limitBytes: evaluator.limits.resultBytes)
        return try evaluator.bounded(replaced, call)
    }

    private func fillingTemplate(
        with source: String, _ evaluator: inout Evaluator
    ) throws(EvaluationStop) -> ExpressionValue {
        let find = try textToFind(&evaluator)
        guard let template = try evaluator.text(call, Argument.template) else { return .null }
        let filled = OrdinalText.replacing(
            find, in: template, with: source, limitBytes: evaluator.limits.resultBytes)
        return try evaluator.bounded(filled, call)
    }

    private func replacingPattern(
        in source: String, _ evaluator: inout Evaluator
    ) throws(EvaluationStop) -> ExpressionValue {
        let expression = try pattern(&evaluator)
        let replacement = try evaluator.text(call, Argument.replacement) ?? ""
        do throws(RegularExpression.Failure) {
            return .text(
                try expression.replacing(
                    in: source, with: replacement, limitBytes: evaluator.limits.resultBytes,
                    budget: &evaluator.regularExpressionBudget))
        } catch {
            throw call.failure(Argument.pattern, error)
        }
    }

    private func replacingGroup(
        in source: String, _ evaluator: inout Evaluator
    ) throws(EvaluationStop) -> ExpressionValue {
        let expression = try pattern(&evaluator)
        let group = try evaluator.requiredText(call, Argument.group)
        let replacement = try evaluator.text(call, Argument.replacement) ?? ""
        do throws(RegularExpression.Failure) {
            return .text(
                try expression.replacing(
                    group: group, in: source, with: replacement,
                    limitBytes: evaluator.limits.resultBytes,
                    budget: &evaluator.regularExpressionBudget))
        } catch {
            throw call.failure(Argument.pattern, error)
        }
    }

    /// The source if it has a value, else what the group matches in the property.
    ///
    /// Unverified: a property that the pattern does not match gives null.
    private func valueOfProperty(
        _ source: String?, _ evaluator: inout Evaluator
    ) throws(EvaluationStop) -> ExpressionValue {
        if let source, !source.isEmpty { return .text(source) }
        guard let property = try evaluator.text(call, Argument.property) else { return .null }
        let expression = try pattern(&evaluator)
        let group = try evaluator.requiredText(call, Argument.group)
        do throws(RegularExpression.Failure) {
            let value = try expression.firstValue(
                ofGroup: group, in: property, budget: &evaluator.regularExpressionBudget)
            return value.map(ExpressionValue.text) ?? .null
        } catch {
            throw call.failure(Argument.pattern, error)
        }
    }

    private func textToFind(_ evaluator: inout Evaluator) throws(EvaluationStop) -> String {
        guard let find = try evaluator.text(call, Argument.find), !find.isEmpty else {
            throw call.failure(
                Argument.find, expected: "a text that is not empty", found: "none")
        }
        return find
    }

    private func pattern(
        _ evaluator: inout Evaluator
    ) throws(EvaluationStop) -> RegularExpression {
        let pattern = try evaluator.requiredText(call, Argument.pattern)
        do throws(RegularExpression.Failure) {
            return try RegularExpression(pattern, limits: evaluator.limits.regularExpression)
        } catch {
            throw call.failure(Argument.pattern, error)
        }
    }
}
