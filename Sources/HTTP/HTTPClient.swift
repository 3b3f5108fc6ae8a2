// Requests that go out: libcurl, one handle a client.

import CCurl

/// Why no answer came.
public struct HTTPClientError: Error, Sendable, Equatable {
    /// What callers tell apart.
    public enum Reason: Sendable, Equatable {
        /// No whole answer came in time.
        case timeout
        /// The answer is longer than the client takes.
        case tooLarge
        /// Anything else: no connection, no certificate, no HTTP.
        case other
    }

    /// What libcurl says.
    public let message: String
    /// What callers tell apart.
    public let reason: Reason

    init(message: String, reason: Reason = .other) {
        self.message = message
        self.reason = reason
    }
}

/// What a client waits for and takes.
public struct HTTPClientOptions: Sendable {
    /// Milliseconds after which a request without a whole answer has failed.
    public var timeoutMilliseconds = 30_000
    /// Bytes of an answer's body.
    public var bodyLimitBytes = 64 << 20
    /// Bytes of an answer's header fields.
    public var headLimitBytes = 64 << 10
    /// A file of certificates that servers are trusted by; nil for the system's.
    public var certificateAuthorities: String?

    /// The defaults.
    public init() {}
}

/// Sends requests one after the other over one kept connection.
///
/// A class, because it owns a libcurl handle; not `Sendable`: one client is for one thread at a time.
/// It follows no redirects and speaks http and https only.
public final class HTTPClient {
    private let handle: UnsafeMutableRawPointer
    private let options: HTTPClientOptions

    /// Makes a client; the first one loads the library.
    ///
    /// - Throws: `HTTPClientError` when libcurl is not installed.
    public init(options: HTTPClientOptions = HTTPClientOptions()) throws(HTTPClientError) {
        if let problem = ccurl_load() {
            throw HTTPClientError(message: String(cString: problem))
        }
        guard let made = ccurl_init() else { throw HTTPClientError(message: "out of memory") }
        handle = UnsafeMutableRawPointer(made)
        self.options = options
        configure()
    }

    deinit { ccurl_cleanup(handle) }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Parameters:
    ///   - request: method, header fields and body; its path and query are not looked at.
    ///   - url: where to.
    /// - Returns: the whole answer, whatever its status.
    /// - Throws: `HTTPClientError` when no answer came in time.
    public func send(_ request: HTTPRequest, to url: String) throws(HTTPClientError) -> HTTPResponse
    {
        // What ends a line would begin a header field or a request of its own.
        guard HTTPClient.isPlain(request.method),
            request.fields.allSatisfy({
                HTTPClient.isPlain($0.name) && HTTPClient.isPlain($0.value)
            })
        else { throw HTTPClientError(message: "a header field has control characters in it") }
        ccurl_set_request(handle, url, request.method, request.method == "HEAD" ? 1 : 0)
        let headers = headerList(of: request)
        defer {
            ccurl_set_headers(handle, nil)
            ccurl_free_list(headers)
        }
        ccurl_set_headers(handle, headers)
        let received = ReceivedResponse(options)
        let code = withExtendedLifetime(received) {
            request.body.withUnsafeBytes { body in
                if !body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
                    ccurl_set_body(handle, body.baseAddress, body.count)
                }
                let context = Unmanaged.passUnretained(received).toOpaque()
                ccurl_set_sinks(handle, receiveBody, receiveHeader, context)
                return ccurl_perform(handle)
            }
        }
        guard code == CURLE_OK else { throw failure(code, received) }
        return HTTPResponse(
            status: ccurl_status(handle), fields: received.fields, body: received.body)
    }

    /// What is the same for all requests; the rest is set anew for each.
    private func configure() {
        ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, options.timeoutMilliseconds)
        if let file = options.certificateAuthorities {
            ccurl_set_text(handle, CURLOPT_CAINFO, file)
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    private func headerList(of request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
        // Without this, libcurl waits a second for "100 Continue" with larger bodies.
        var headers = ccurl_append(nil, "Expect:")
        for field in request.fields {
            headers = ccurl_append(headers, field.name + ": " + field.value)
        }
        if request.fields.value(of: "Content-Type") == nil {
            headers = ccurl_append(headers, "Content-Type:")
        }
        return headers
    }

    private func failure(_ code: CURLcode, _ received: ReceivedResponse) -> HTTPClientError {
        if received.isTooLarge {
            return HTTPClientError(
                message:
                    "the answer is longer than \(options.bodyLimitBytes) bytes, or its head than "
                    + "\(options.headLimitBytes)", reason: .tooLarge)
        }
        return HTTPClientError(
            message: String(cString: ccurl_error_text(code)),
            reason: code == CURLE_OPERATION_TIMEDOUT ? .timeout : .other)
    }
}

/// What arrives while a request runs.
private final class ReceivedResponse {
    var fields: [HTTPField] = []
    var body: [UInt8] = []
    var isTooLarge = false
    private var headBytes = 0
    private let options: HTTPClientOptions

    init(_ options: HTTPClientOptions) { self.options = options }

    /// Takes a part of the body; false ends the request.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        isTooLarge = bytes.count > options.bodyLimitBytes - body.count
        if !isTooLarge { body.append(contentsOf: bytes) }
        return !isTooLarge
    }

    /// Takes a line of the head; false ends the request.
    func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headBytes += bytes.count
        guard headBytes <= options.headLimitBytes else {
            isTooLarge = true
            return false
        }
        if bytes.starts(with: "HTTP/".utf8) { fields = [] }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return true }
        var end = bytes.count
        if end > 0, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > 0, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        let value = bytes[(colon + 1)..<max(end, colon + 1)].drop { $0 == UInt8(ascii: " ") }
        fields.append(
            HTTPField(
                String(decoding: bytes[..<colon], as: UTF8.self),
                String(decoding: value, as: UTF8.self)))
        return true
    }
}

private let receiveBody: ccurl_sink = { bytes, size, count, context in
    let received = Unmanaged<ReceivedResponse>.fromOpaque(context).takeUnretainedValue()
    let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return received.takeBody(part) ? size * count : 0
}

private let receiveHeader: ccurl_sink = { bytes, size, count, context in
    let received = Unmanaged<ReceivedResponse>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return received.takeHeader(line) ? size * count : 0
}
