// The test of a clause on the value of an attribute, and the rules for null.

internal import Expressions

/// What a prepared clause asks of an attribute's value.
enum ScopingTest: Sendable {
    /// Asks every single value; no value and the empty text fail, also a negated question.
    ///
    /// Unverified: several values, which the service does not let filters use, pass when all do.
    case eachValue(@Sendable (ExpressionScalar) -> Bool)
    /// Searches every single value, with the same rule for null.
    case pattern(RegularExpression, isNegated: Bool)
    /// Asks whether there is a value other than the empty text.
    case presence(Bool)

    /// Whether a value passes.
    func passes(
        _ value: ExpressionValue, budget: inout RegularExpression.Budget
    ) throws(RegularExpression.Failure) -> Bool {
        if case .presence(let isPresent) = self { return value.isNullOrEmpty != isPresent }
        for scalar in value.scalars where scalar != .text("") {
            switch self {
            case .eachValue(let holds): if !holds(scalar) { return false }
            case .pattern(let expression, let isNegated):
                let isMatch = try expression.isMatch(scalar.description, budget: &budget)
                if isMatch == isNegated { return false }
            case .presence: break
            }
        }
        return !value.isNullOrEmpty
    }

    /// The whole number a value is, if it is one.
    static func integer(of scalar: ExpressionScalar) -> Int64? {
        switch scalar {
        case .integer(let integer): integer
        case .text(let text): Int64(text)
        default: nil
        }
    }

    /// The boolean a value is, if it is one.
    static func boolean(of scalar: ExpressionScalar) -> Bool? {
        switch scalar {
        case .boolean(let boolean): return boolean
        case .text(let text):
            let lowered = text.lowercased()
            return lowered == "true" ? true : lowered == "false" ? false : nil
        default: return nil
        }
    }
}
