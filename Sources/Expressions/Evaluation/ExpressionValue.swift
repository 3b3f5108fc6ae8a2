// What a part of an expression evaluates to.

/// Null, one value, or several.
public enum ExpressionValue: Hashable, Sendable {
    /// No value: the attribute is absent.
    case null
    /// One value.
    case one(ExpressionScalar)
    /// The values of a multi-valued attribute, in order; none counts as null.
    case many([ExpressionScalar])

    /// The value of a text.
    public static func text(_ text: String) -> ExpressionValue { .one(.text(text)) }

    /// Several texts.
    public static func texts(_ texts: [String]) -> ExpressionValue {
        .many(texts.map(ExpressionScalar.text))
    }

    /// The values as the service reports them (`evaluationResult`); null has none.
    public var texts: [String] {
        switch self {
        case .null: []
        case .one(let scalar): [scalar.description]
        case .many(let scalars): scalars.map(\.description)
        }
    }

    /// The values as one text, joined by commas; the empty text for null.
    public var joinedText: String {
        if case .one(let scalar) = self { return scalar.description }
        return texts.joined(separator: ",")
    }

    /// The single values in order; null has none.
    public var scalars: [ExpressionScalar] {
        switch self {
        case .null: []
        case .one(let scalar): [scalar]
        case .many(let scalars): scalars
        }
    }

    /// Whether there is no value.
    public var isNull: Bool {
        switch self {
        case .null: true
        case .one: false
        case .many(let scalars): scalars.isEmpty
        }
    }

    /// Whether there is no value, or one that is the empty text.
    public var isNullOrEmpty: Bool {
        switch self {
        case .null: true
        case .one(let scalar): scalar == .text("")
        case .many(let scalars): scalars.allSatisfy { $0 == .text("") }
        }
    }

    /// The only value; nil for null and for several.
    var only: ExpressionScalar? {
        switch self {
        case .null: nil
        case .one(let scalar): scalar
        case .many(let scalars): scalars.count == 1 ? scalars.first : nil
        }
    }

    /// How many values there are.
    var count: Int {
        switch self {
        case .null: 0
        case .one: 1
        case .many(let scalars): scalars.count
        }
    }
}

extension ExpressionValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
    ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// Several texts.
    public init(arrayLiteral elements: String...) { self = .texts(elements) }
    /// Null.
    public init(nilLiteral: ()) { self = .null }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .one(.boolean(value)) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .one(.integer(value)) }
}

extension ExpressionValue {
    /// How many UTF-8 bytes the texts of the value take.
    var size: Int {
        switch self {
        case .null: 0
        case .one(let scalar): scalar.size
        case .many(let scalars): scalars.reduce(0) { $0 + $1.size }
        }
    }
}
