// A listener for the length of a test, and threads for what blocks.

import Dispatch
import Foundation
import HTTP

/// Runs blocking code on a thread of its own: neither the pool the tests run on nor the queues of
/// Dispatch have enough of them.
func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
            continuation.resume(with: Result(catching: body))
        }
    }
}

/// Starts a listener on a free port, runs blocking client code against it, and stops it.
func withListener<Value: Sendable>(
    options: HTTPListenerOptions = HTTPListenerOptions(),
    handler: any HTTPHandler = EchoHandler(),
    _ client: @escaping @Sendable (UInt16) throws -> Value
) async throws -> Value {
    let listener = try HTTPListener(options: options, handler: handler)
    return try await onThread {
        defer { listener.stop(graceSeconds: 10) }
        return try client(listener.port)
    }
}

/// Says what it got: method, path, query and body.
struct EchoHandler: HTTPHandler {
    func reply(to request: HTTPRequest) -> HTTPReply {
        let target = request.path + (request.query.map { "?" + $0 } ?? "")
        let body = String(decoding: request.body, as: UTF8.self)
        return .now(HTTPResponse(body: Array("\(request.method) \(target) \(body)".utf8)))
    }

    func response(refusing refusal: HTTPRefusal, of request: HTTPRequest) -> HTTPResponse {
        HTTPResponse(status: refusal.status, body: Array("refused: \(refusal)".utf8))
    }
}

/// Replies as a closure says; refuses as the echo does.
struct ClosureHandler: HTTPHandler {
    let body: @Sendable (HTTPRequest) -> HTTPReply

    init(_ body: @escaping @Sendable (HTTPRequest) -> HTTPReply) {
        self.body = body
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        body(request)
    }

    func response(refusing refusal: HTTPRefusal, of request: HTTPRequest) -> HTTPResponse {
        EchoHandler().response(refusing: refusal, of: request)
    }
}

/// A box that threads hand a value over with; `take` waits until there is one.
final class Handover<Value: Sendable>: @unchecked Sendable {
    // Guarded by: `lock`, one that the thread sanitizer sees into.
    private var values: [Value] = []
    private let lock = NSLock()
    private let count = DispatchSemaphore(value: 0)

    func put(_ value: Value) {
        lock.withLock { values.append(value) }
        count.signal()
    }

    /// The oldest value, nil if none came within half a minute.
    func take() -> Value? {
        guard count.wait(timeout: .now() + 30) == .success else { return nil }
        return lock.withLock { values.removeFirst() }
    }
}

/// A request line with `Host` and whatever else is given, one field each.
func head(_ requestLine: String, _ fields: String...) -> String {
    ([requestLine + " HTTP/1.1", "Host: localhost"] + fields).joined(separator: "\r\n")
        + "\r\n\r\n"
}
