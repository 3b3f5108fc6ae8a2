// JSON as an ordered value: what every face reads and writes.

/// A JSON value that keeps the order of object members (RFC 8259).
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The text of a string value, else nil.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The value of a boolean, else nil.
    public var bool: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    /// The value of an integer, else nil.
    public var integer: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The elements of an array, else nil.
    public var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members of an object, else nil.
    public var object: JSONObject? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// Whether this is JSON's null.
    public var isNull: Bool {
        if case .null = self { return true }
        return false
    }

    /// About as many bytes as the value takes in memory.
    public var roughSize: Int {
        switch self {
        case .null, .bool, .integer, .number: 0
        case .string(let text): text.utf8.count
        case .array(let elements):
            elements.reduce(32) { $0 + MemoryLayout<JSONValue>.stride + $1.roughSize }
        case .object(let object): object.roughSize
        }
    }

    /// A string, or null when there is none.
    public static func optional(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    /// A JSON string from a literal.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A JSON boolean from a literal.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A JSON integer from a literal.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A JSON array from a literal.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// A JSON object from a literal; members keep the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
    /// JSON's null.
    public init(nilLiteral: ()) { self = .null }
}
