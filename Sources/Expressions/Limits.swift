// Every limit of the mapping language, with the reason for its number.

/// What an expression may cost: its length, its nesting, its evaluation and its result.
public struct ExpressionLimits: Hashable, Sendable {
    /// The limits every caller gets who asks for nothing else.
    public static let standard = ExpressionLimits()

    /// The longest text, in UTF-16 code units as .NET counts them; the service documents 10,000.
    public var characters = 10_000

    /// How deep calls may stand in each other.
    ///
    /// Alternatives are written as `IIF` in `IIF`, so the number is generous; it keeps an
    /// evaluation within a quarter of a mebibyte of stack.
    ///
    /// Unverified: the service documents no number.
    public var depth = 200

    /// How many steps an evaluation may take: one for each node, and one for each started
    /// kibibyte a function returns.
    ///
    /// A text of 10,000 characters has fewer than 5,000 nodes, so only results can reach it.
    public var steps = 20_000

    /// The largest value a function may return, in UTF-8 bytes over all its values.
    public var resultBytes = 4 << 20

    /// The limits of regular expressions.
    public var regularExpression = RegularExpression.Limits()

    /// Makes the standard limits, to be changed one by one.
    public init() {}
}
