// NOT EQUALS

internal import Expressions

extension ScopingOperator {
    /// The attribute has a value, and another one.
    static let notEquals = ScopingOperator.binary(
        "NOT EQUALS", [.integer, .string], isPublished: true
    ) { (value, _) throws(Refusal) in
        .eachValue { !OrdinalText.isSame($0.description, value) }
    }
}
