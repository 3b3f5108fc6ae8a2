// Includes

internal import Expressions

extension ScopingOperator {
    /// The value occurs in the attribute, case included.
    static let includes = ScopingOperator.binary(
        "Includes", [.string]
    ) { (value, _) throws(Refusal) in
        .eachValue { OrdinalText.contains($0.description, value) }
    }
}
