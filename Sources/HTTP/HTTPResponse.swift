// A response as a value: what a handler gives back.

/// A response with its whole body.
///
/// The listener adds `Content-Length`, `Connection` and, unless there is one, `Date`. It leaves
/// out fields that would break the framing: those with CR, LF or NUL, a name that is empty or has
/// a blank or a colon, and `Content-Length` or `Transfer-Encoding` given by hand. It also leaves
/// out a field whose value is empty. Fields of more than 6 KB altogether are answered 500.
public struct HTTPResponse: Sendable, Equatable {
    /// How much of an answer is sent before the connection ends.
    public enum Delivery: Sendable, Equatable {
        /// All of it; the connection may go on.
        case whole
        /// The head, which promises the whole body, and half of that.
        case half
        /// Nothing.
        case none
    }

    /// The status code; anything outside 200...999 is sent as 500.
    public var status: Int
    /// The header fields in the order they are sent.
    public var fields: [HTTPField]
    /// The body; it is not sent for HEAD, 204 and 304.
    public var body: [UInt8]
    /// How much of it is sent; anything but all of it is a fault that somebody asked for.
    public var delivery = Delivery.whole

    /// Makes a response, by default an empty 200.
    public init(status: Int = 200, fields: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The value of the first field of this name; names are compared without regard to ASCII case.
    public func value(of name: String) -> String? {
        fields.value(of: name)
    }
}
