// Statement text that can't come from input.

/// SQL made of literals in the source only; values are bound, never spliced.
public struct SQL: Sendable, ExpressibleByStringLiteral {
    fileprivate enum Source: Sendable {
        case literal(StaticString)
        case joined(String)
    }

    /// What a prepared statement is found by, without going through the text of a literal.
    ///
    /// Keys of the same text may differ, as those of literals at two places do.
    struct Key: Hashable {
        private let mark: Int
        private let joined: String?

        fileprivate init(_ source: Source, _ mark: Int) {
            self.mark = mark
            if case .joined(let text) = source { joined = text } else { joined = nil }
        }

        func hash(into hasher: inout Hasher) { hasher.combine(mark) }

        /// A number that differs for most statements.
        var place: Int { mark ^ mark >> 9 }
    }

    private let source: Source
    /// Where a literal lies, or the hash of a joined text.
    private let mark: Int

    /// The text.
    public var text: String {
        switch source {
        case .literal(let text): text.description
        case .joined(let text): text
        }
    }

    var key: Key { Key(source, mark) }

    /// SQL from a literal.
    public init(stringLiteral value: StaticString) {
        if value.hasPointerRepresentation {
            source = .literal(value)
            mark = Int(bitPattern: value.utf8Start)
        } else {
            source = .joined(value.description)
            mark = value.description.hashValue
        }
    }

    private init(joined text: String) {
        source = .joined(text)
        mark = text.hashValue
    }

    /// One piece after another.
    public static func + (left: SQL, right: SQL) -> SQL { SQL(joined: left.text + right.text) }
}

extension SQL: Hashable {
    /// Whether two pieces have the same text.
    public static func == (left: SQL, right: SQL) -> Bool { left.text == right.text }

    /// Feeds the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A value bound to a statement's parameter.
public enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    /// Text as its bytes, which the caller vouches are UTF-8.
    case utf8([UInt8])

    /// Text, or null when there is none.
    static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
}
