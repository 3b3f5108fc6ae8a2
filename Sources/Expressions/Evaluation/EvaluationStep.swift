// What an explained evaluation records.

/// One evaluated part of an expression.
public struct EvaluationStep: Hashable, Sendable {
    /// Where the part stands in the text, in UTF-8 offsets.
    public let range: Range<Int>
    /// The part in its canonical form.
    public let expression: String
    /// What it gave.
    public let value: ExpressionValue
}
