// Requests that go out: libcurl, one handle a client.

import CCurl

/// Why no answer came.
public struct HTTPClientError: Error, Sendable, Equatable {
    /// What libcurl says.
    public let message: String
}

/// Sends requests one after the other over one kept connection.
///
/// A class, because it owns a libcurl handle; not `Sendable`: one client is for one thread at a time.
/// It follows no redirects and speaks http and https only.
public final class HTTPClient {
    private let handle: UnsafeMutableRawPointer
    private let timeoutMilliseconds: Int

    /// Makes a client; the first one loads the library.
    ///
    /// - Throws: `HTTPClientError` when libcurl is not installed.
    public init(timeoutMilliseconds: Int = 30_000) throws(HTTPClientError) {
        if let problem = ccurl_load() {
            throw HTTPClientError(message: String(cString: problem))
        }
        guard let made = ccurl_init() else { throw HTTPClientError(message: "out of memory") }
        handle = UnsafeMutableRawPointer(made)
        self.timeoutMilliseconds = timeoutMilliseconds
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
        ccurl_reset(handle)
        ccurl_set_text(handle, CURLOPT_URL, url)
        ccurl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
        ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, timeoutMilliseconds)
        if request.method == "HEAD" { ccurl_set_long(handle, CURLOPT_NOBODY, 1) }
        // Without this, libcurl waits a second for "100 Continue" with larger bodies.
        var headers = ccurl_append(nil, "Expect:")
        defer { ccurl_free_list(headers) }
        for field in request.fields {
            headers = ccurl_append(headers, field.name + ": " + field.value)
        }
        if request.fields.value(of: "Content-Type") == nil {
            headers = ccurl_append(headers, "Content-Type:")
        }
        ccurl_set_headers(handle, headers)
        let received = ReceivedResponse()
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
        guard code == CURLE_OK else {
            throw HTTPClientError(message: String(cString: ccurl_error_text(code)))
        }
        return HTTPResponse(
            status: ccurl_status(handle), fields: received.fields, body: received.body)
    }
}

/// What arrives while a request runs.
private final class ReceivedResponse {
    var fields: [HTTPField] = []
    var body: [UInt8] = []
}

private let receiveBody: ccurl_sink = { bytes, size, count, context in
    let received = Unmanaged<ReceivedResponse>.fromOpaque(context).takeUnretainedValue()
    received.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private let receiveHeader: ccurl_sink = { bytes, size, count, context in
    let received = Unmanaged<ReceivedResponse>.fromOpaque(context).takeUnretainedValue()
    let line = String(
        decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
    if line.hasPrefix("HTTP/") { received.fields = [] }
    if let colon = line.firstIndex(of: ":") {
        let value = line[line.index(after: colon)...].filter { $0 != "\r\n" && $0 != "\n" }
        received.fields.append(
            HTTPField(String(line[..<colon]), String(value.drop { $0 == " " })))
    }
    return size * count
}
