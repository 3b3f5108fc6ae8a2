// ENDS_WITH

internal import Expressions

extension ScopingOperator {
    /// The attribute ends with the value, case included.
    static let endsWith = ScopingOperator.binary(
        "ENDS_WITH", [.string]
    ) { (value, _) throws(Refusal) in
        .eachValue { OrdinalText.hasSuffix($0.description, value) }
    }
}
