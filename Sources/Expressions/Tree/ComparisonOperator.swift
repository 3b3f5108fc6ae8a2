// The six comparisons of a condition.

/// A comparison operator, spelled as in the text.
public enum ComparisonOperator: String, CaseIterable, Hashable, Sendable {
    /// The same text.
    case equal = "="
    /// Not the same text.
    case notEqual = "<>"
    /// A smaller number or an earlier date.
    case less = "<"
    /// At most that number or date.
    case lessOrEqual = "<="
    /// A larger number or a later date.
    case greater = ">"
    /// At least that number or date.
    case greaterOrEqual = ">="
}
