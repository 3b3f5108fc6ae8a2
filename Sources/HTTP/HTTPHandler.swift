// The door between the wire and everything above it.

/// What a handler gives back: an answer now, or one that comes later while the connection waits.
public enum HTTPReply: Sendable {
    /// The answer.
    case now(HTTPResponse)
    /// Work that ends by calling `answer` once, from any thread, also before it returns.
    ///
    /// The connection is suspended before the work is started, so no thread waits. Later calls
    /// of `answer` are ignored; if it is let go without a call, the client gets the response for
    /// ``HTTPRefusal/unanswered``.
    case later(@Sendable (_ answer: @escaping @Sendable (HTTPResponse) -> Void) -> Void)
    /// An answer whose body goes on until the stream or the client ends it; the response's own body
    /// is not looked at. It is sent in chunks (RFC 9112, section 7.1).
    case stream(HTTPResponse, HTTPStream)
}

/// What a listener calls for each request, on one of its worker threads, many at a time.
public protocol HTTPHandler: Sendable {
    /// The reply to a complete request. It must not block: use ``HTTPReply/later(_:)`` to wait.
    func reply(to request: HTTPRequest) -> HTTPReply

    /// Words for what the listener refuses by itself, so that a face can keep its error shape.
    ///
    /// The request has no body here.
    func response(refusing refusal: HTTPRefusal, of request: HTTPRequest) -> HTTPResponse
}

/// A request that the listener itself turns down.
public enum HTTPRefusal: Sendable, Equatable {
    /// The body is longer than the listener takes.
    case bodyTooLarge(limitBytes: Int)
    /// Request line and header fields are longer than the listener takes.
    ///
    /// The library's own 431, in HTML, takes over where they exceed the memory altogether.
    case headTooLarge(limitBytes: Int)
    /// Where the request ends, or whom it addresses, can be read in two ways.
    ///
    /// `Content-Length` with `Transfer-Encoding`, two of either, a coding other than `chunked`,
    /// two `Host` fields (RFC 9112, sections 3.2, 6.1 and 6.3).
    case ambiguousFraming
    /// An HTTP/1.1 request without `Host` (RFC 9112, section 3.2).
    case missingHost
    /// The listener is stopping and the reply was not there yet.
    case shuttingDown
    /// A deferred reply was let go without an answer.
    case unanswered
    /// The header fields of the handler's answer are too long to be sent.
    case answerHeadTooLarge(limitBytes: Int)

    /// The status HTTP has for this.
    public var status: Int {
        switch self {
        case .bodyTooLarge: 413
        case .headTooLarge: 431
        case .ambiguousFraming, .missingHost: 400
        case .shuttingDown: 503
        case .unanswered, .answerHeadTooLarge: 500
        }
    }
}
