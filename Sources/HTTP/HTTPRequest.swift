// A request as a value: what a handler gets to see.

/// A request, complete with its body.
public struct HTTPRequest: Sendable {
    /// The method token as sent, such as `GET`; it is case-sensitive.
    public var method: String
    /// The path as sent: still percent-encoded, without scheme, authority and query.
    public var path: String
    /// The part of the target after `?` as sent, nil if there is no `?`.
    public var query: String?
    /// The header fields in the order they came.
    public var fields: [HTTPField]
    /// The body, decoded from chunks if it came in chunks.
    public var body: [UInt8]
    /// Whether the request arrived over TLS.
    public var isSecure: Bool

    /// Makes a request, by default one for `/` with nothing in it.
    public init(
        method: String = "GET", path: String = "/", query: String? = nil,
        fields: [HTTPField] = [], body: [UInt8] = [], isSecure: Bool = false
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
        self.isSecure = isSecure
    }

    /// The value of the first field of this name; names are compared without regard to ASCII case.
    public func value(of name: String) -> String? {
        fields.value(of: name)
    }
}
