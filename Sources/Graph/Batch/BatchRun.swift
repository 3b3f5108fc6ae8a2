// A batch on its way: which of its requests are done, and what comes next.

import Emulator
import HTTP
import Model

/// Carries out the requests of a batch one after the other, each when all it depends on is done.
///
/// Unverified: requests run in the order given; the service runs those in parallel that do not depend
/// on each other, and gives their answers in any order.
struct BatchRun: Sendable {
    /// Answers one request as the face would.
    typealias Send = @Sendable (BatchRequest) -> HTTPReply

    private var waiting: [BatchRequest]
    private var statuses: [String: Int] = [:]
    private var responses: [JSONValue] = []
    private let send: Send
    private let refusal: @Sendable (GraphError) -> HTTPResponse

    /// A batch of which nothing is done.
    ///
    /// - Parameters:
    ///   - requests: its requests, checked.
    ///   - refusal: gives an error the face's shape.
    ///   - send: answers one request.
    init(
        _ requests: [BatchRequest], refusal: @escaping @Sendable (GraphError) -> HTTPResponse,
        send: @escaping Send
    ) {
        waiting = requests
        self.refusal = refusal
        self.send = send
    }

    /// Carries out all that is left; comes back later where a request has to wait.
    func finish() -> GraphAnswer {
        var run = self
        while let index = run.waiting.firstIndex(where: { run.isReady($0) }) {
            let request = run.waiting.remove(at: index)
            guard run.hasGround(request) else {
                run.record(request, refusal(.failedDependency))
                continue
            }
            switch send(request) {
            case .now(let response), .stream(let response, _): run.record(request, response)
            case .later(let work): return .later(run.resume(request, work))
            }
        }
        return .json(status: 200, JSONObject([("responses", .array(run.responses))]))
    }

    private func resume(
        _ request: BatchRequest,
        _ work: @escaping @Sendable (@escaping @Sendable (HTTPResponse) -> Void) -> Void
    ) -> GraphAnswer.Work {
        { [self] answer in
            work { response in
                var run = self
                run.record(request, response)
                switch run.finish() {
                case .later(let more): more(answer)
                case let done: answer(.success(done))
                }
            }
        }
    }

    private func isReady(_ request: BatchRequest) -> Bool {
        request.dependsOn.allSatisfy { statuses[$0] != nil }
    }

    private func hasGround(_ request: BatchRequest) -> Bool {
        request.dependsOn.allSatisfy { (statuses[$0] ?? 500) < 400 }
    }

    private mutating func record(_ request: BatchRequest, _ response: HTTPResponse) {
        statuses[request.id.lowercased()] = response.status
        responses.append(
            .object(
                JSONObject([
                    ("id", .string(request.id)), ("status", .integer(Int64(response.status))),
                    ("headers", .object(BatchRun.headers(response))),
                    ("body", BatchRun.body(response)),
                ])))
    }

    /// What an entry tells of its headers; the rest is the batch's own.
    private static let told = [
        "cache-control", "content-type", "location", "odata-version", "retry-after",
        "x-ms-resource-unit", "x-ms-throttle-information", "x-ms-throttle-scope",
        FaultEffect.fieldName,
    ]

    private static func headers(_ response: HTTPResponse) -> JSONObject {
        JSONObject(
            response.fields.filter { told.contains($0.name.lowercased()) }
                .map { ($0.name, .string($0.value)) })
    }

    /// JSON as it is, other content as base64, nothing as null.
    private static func body(_ response: HTTPResponse) -> JSONValue {
        guard !response.body.isEmpty else { return .null }
        let type = response.value(of: "Content-Type") ?? ""
        if type.hasPrefix("application/json"), let json = try? JSONValue(parsing: response.body) {
            return json
        }
        return .string(Base64.encode(response.body))
    }
}
