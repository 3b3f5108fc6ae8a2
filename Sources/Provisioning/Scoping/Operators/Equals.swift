// EQUALS

internal import Expressions

extension ScopingOperator {
    /// The attribute is exactly the value, case included.
    static let equals = ScopingOperator.binary(
        "EQUALS", [.integer, .string], isPublished: true
    ) { (value, _) throws(Refusal) in
        .eachValue { OrdinalText.isSame($0.description, value) }
    }
}
