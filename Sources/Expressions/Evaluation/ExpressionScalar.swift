// A single value: text, or what prints as text.

/// A single value.
public enum ExpressionScalar: Hashable, Sendable {
    /// Text, as almost everything is.
    case text(String)
    /// A boolean.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// A date, in UTC.
    case date(DateTime)
}

extension ExpressionScalar: CustomStringConvertible {
    /// The value as the service prints it: `True`, `42`, `3/16/2020 7:00:00 AM`.
    public var description: String {
        switch self {
        case .text(let text): text
        case .boolean(let boolean): boolean ? "True" : "False"
        case .integer(let integer): String(integer)
        case .date(let date): date.description
        }
    }
}

extension ExpressionScalar {
    /// The value as an error shows it: its beginning, when it is long.
    var shortened: String {
        let text = description
        return text.count <= 80 ? text : "\(text.prefix(80))…"
    }
}

extension ExpressionScalar {
    /// How many UTF-8 bytes the text takes; a fixed guess for what is short anyway.
    var size: Int {
        guard case .text(let text) = self else { return 24 }
        return text.utf8.count
    }
}
