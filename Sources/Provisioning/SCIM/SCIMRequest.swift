// A request to a SCIM endpoint, as a value.

public import Model

/// A request to a SCIM endpoint, addressed below its base.
///
/// Shape: `GET` `/Users?filter=userName+eq+%22a@contoso.com%22`.
public struct SCIMRequest: Sendable, Hashable {
    /// The method.
    public let method: String
    /// The path below the endpoint's base, percent-encoded: `/Users/2819c223`.
    public let path: String
    /// The query, percent-encoded; nil for none.
    public let query: String?
    /// The JSON body; nil for none.
    public let body: JSONValue?

    /// Makes a request.
    public init(
        _ method: String, _ path: String, query: String? = nil, body: JSONValue? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    /// Path and query.
    public var target: String { query.map { path + "?" + $0 } ?? path }
}

extension SCIMRequest {
    /// Asks for an object that there is none of, to see whether the endpoint answers.
    ///
    /// The attribute is the first matching one, the value a random identifier.
    public static func probe(
        _ type: SCIMTargetType, _ attribute: String, _ value: String
    ) -> SCIMRequest {
        SCIMRequest("GET", type.path, query: "filter=" + equals(attribute, value))
    }

    /// Looks for the objects of which an attribute has a value; groups come without their members.
    public static func find(
        _ type: SCIMTargetType, where attribute: String, is value: String
    ) -> SCIMRequest {
        let filter = "filter=" + equals(attribute, value)
        let query = type.isGroup ? "excludedAttributes=members&" + filter : filter
        return SCIMRequest("GET", type.path, query: query)
    }

    /// Reads a linked object; a group comes without its members.
    public static func load(_ type: SCIMTargetType, id: String) -> SCIMRequest {
        SCIMRequest(
            "GET", type.path(id), query: type.isGroup ? "excludedAttributes=members" : nil)
    }

    /// Asks whether a reference of an object points to another one.
    public static func referenceCheck(
        _ type: SCIMTargetType, id: String, _ attribute: TargetAttribute, to other: String
    ) -> SCIMRequest {
        let name = type.attribute(attribute).path.attribute.name
        let filter = equals("id", id) + "+and+" + equals(name, other)
        return SCIMRequest("GET", type.path, query: "filter=\(filter)&attributes=id")
    }

    /// Deletes an object.
    public static func delete(_ type: SCIMTargetType, id: String) -> SCIMRequest {
        SCIMRequest("DELETE", type.path(id))
    }

    /// `name eq "value"`, encoded as the service does: blanks as `+`, the rest in percent escapes.
    ///
    /// Unverified: quotes and backslashes in a filter's value are escaped as in JSON.
    private static func equals(_ name: String, _ value: String) -> String {
        var encoded = encode(name) + "+eq+"
        encoded += encode(JSONValue.string(value).text)
        return encoded
    }

    /// A value in the encoding of HTML forms: `a b` gives `a+b`.
    public static func formEncoded(_ text: String) -> String { encode(text) }

    /// Letters, digits and `-_.~` as they are, blanks as `+`, all other bytes as `%XX`.
    static func encode(_ text: String, blanksAsPlus: Bool = true) -> String {
        var text = text
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 8)
        text.withUTF8 { utf8 in
            for byte in utf8 {
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                    bytes.append(byte)
                case 0x20 where blanksAsPlus: bytes.append(0x2B)
                default:
                    bytes.append(0x25)
                    bytes.append(digit(byte >> 4))
                    bytes.append(digit(byte & 15))
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x41 + value - 10
    }
}
