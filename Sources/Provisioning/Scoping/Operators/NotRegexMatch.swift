// NOT REGEX MATCH

internal import Expressions

extension ScopingOperator {
    /// The attribute has a value, and a regular expression matches nowhere in it.
    static let notRegexMatch = ScopingOperator.binary(
        "NOT REGEX MATCH", [.integer, .string], isPublished: true
    ) { (value, limits) throws(Refusal) in
        .pattern(try pattern(value, limits), isNegated: true)
    }
}
