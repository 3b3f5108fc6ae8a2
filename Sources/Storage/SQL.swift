// Statement text that can't come from input.

/// SQL made of literals in the source only; values are bound, never spliced.
public struct SQL: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The text.
    public let text: String

    /// SQL from a literal.
    public init(stringLiteral value: StaticString) { text = value.description }

    private init(joined text: String) { self.text = text }

    /// One piece after another.
    public static func + (left: SQL, right: SQL) -> SQL { SQL(joined: left.text + right.text) }
}

/// A value bound to a statement's parameter.
public enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    /// Text, or null when there is none.
    static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
}
