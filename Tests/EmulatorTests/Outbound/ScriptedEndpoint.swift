// A SCIM endpoint that answers as it is told to.

import Emulator
import HTTP
import Model
import Provisioning
import Support
import Synchronization

/// Answers one request after the other with what the script says, and keeps what it was asked.
///
/// A class, because the listener's threads and the test share it.
final class ScriptedEndpoint: HTTPHandler {
    /// What a request gets.
    enum Answer: Sendable {
        case response(HTTPResponse)
        /// No answer at all, for as long as the test lasts.
        case silence
    }

    private struct State: Sendable {
        var script: [Answer]
        var requests: [HTTPRequest] = []
        var unanswered: [@Sendable (HTTPResponse) -> Void] = []
    }

    private let state: Mutex<State>

    init(_ script: [Answer]) { state = Mutex(State(script: script)) }

    /// What it was asked, in order.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// `METHOD path?query` of what it was asked.
    var lines: [String] {
        requests.map { $0.method + " " + $0.path + ($0.query.map { "?" + $0 } ?? "") }
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.script.isEmpty
                ? Answer.response(HTTPResponse(status: 500)) : state.script.removeFirst()
        }
        switch answer {
        case .response(let response): return .now(response)
        case .silence:
            return .later { [self] answer in state.withLock { $0.unanswered.append(answer) } }
        }
    }

    func response(refusing refusal: HTTPRefusal, of request: HTTPRequest) -> HTTPResponse {
        HTTPResponse(status: refusal.status)
    }

    /// Lets those go that got no answer.
    func release() {
        let waiting = state.withLock { state in
            defer { state.unanswered = [] }
            return state.unanswered
        }
        for answer in waiting { answer(HTTPResponse(status: 503)) }
    }
}

extension ScriptedEndpoint.Answer {
    /// A JSON answer.
    static func json(
        _ status: Int, _ body: String, _ fields: [HTTPField] = [],
        type: String = "application/scim+json"
    ) -> ScriptedEndpoint.Answer {
        .response(
            HTTPResponse(
                status: status, fields: [HTTPField("Content-Type", type)] + fields,
                body: Array(body.utf8)))
    }

    /// An answer without a body.
    static func status(_ status: Int, _ fields: [HTTPField] = []) -> ScriptedEndpoint.Answer {
        .response(HTTPResponse(status: status, fields: fields))
    }

    static let empty = ScriptedEndpoint.Answer.json(200, #"{"totalResults":0,"Resources":[]}"#)
}

/// Runs code against a target that answers by a script.
func withEndpoint<Value>(
    _ script: [ScriptedEndpoint.Answer], secrets: [String: String] = ["SecretToken": "t"],
    query: String = "", outbound: OutboundOptions = OutboundOptions(),
    _ body: (SCIMDirectory, ScriptedEndpoint, TestWorld) throws -> Value
) throws -> Value {
    let endpoint = ScriptedEndpoint(script)
    let listener = try HTTPListener(options: HTTPListenerOptions(), handler: endpoint)
    defer {
        endpoint.release()
        listener.stop(graceSeconds: 5)
    }
    let world = try TestWorld(seeds: [], outbound: outbound)
    let base = "http://127.0.0.1:\(listener.port)"
    let all = ["BaseAddress": base + "/scim" + query].merging(secrets) { $1 }
    let tenant = try world.tenant()
    let filled = all.map { key, value in
        SynchronizationSecret(
            key: key, value: value.hasPrefix("/") ? base + value : value)
    }
    let directory = try tenant.makeTarget(with: filled, job: "job", schema: nil)
    return try body(directory, endpoint, world)
}

/// What a call failed with; nil when it did not.
func failure(of body: () throws -> Void) -> TargetFailure? {
    do { try body() } catch { return error as? TargetFailure }
    return nil
}
