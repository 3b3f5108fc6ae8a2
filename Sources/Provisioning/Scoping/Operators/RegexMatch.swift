// REGEX MATCH

internal import Expressions

extension ScopingOperator {
    /// A regular expression of .NET matches somewhere in the attribute, case included.
    ///
    /// Unverified: whether the service searches or wants the whole value; its samples fit both.
    static let regexMatch = ScopingOperator.binary(
        "REGEX MATCH", [.integer, .string], isPublished: true
    ) { (value, limits) throws(Refusal) in
        .pattern(try pattern(value, limits), isNegated: false)
    }

    /// Compiles the value of a clause.
    static func pattern(
        _ value: String, _ limits: ScopingLimits
    ) throws(Refusal) -> RegularExpression {
        do throws(RegularExpression.Failure) {
            return try RegularExpression(value, limits: limits.regularExpression)
        } catch {
            throw .regularExpression(error)
        }
    }
}
