// What a filter may cost.

public import Expressions

/// The limits of scoping filters.
public struct ScopingLimits: Hashable, Sendable {
    /// The limits every caller gets who asks for nothing else.
    public static let standard = ScopingLimits()

    /// The most characters that all names and values of a filter may have together; the service
    /// documents 10,000 for expressions and filters.
    public var characters = 10_000

    /// The limits of the regular expressions of one evaluation.
    public var regularExpression = RegularExpression.Limits()

    /// Makes the standard limits, to be changed one by one.
    public init() {}
}
