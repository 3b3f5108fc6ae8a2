// The tester's face: health, information, time.

public import Emulator
public import HTTP
import Model

/// Answers below `/_emulator` (DESIGN 3.4).
public struct ControlFace: Sendable {
    /// What an action is given.
    struct Call: Sendable {
        let request: HTTPRequest
        let parameters: [String: String]
        let tenant: Tenant
        let information: EmulatorInformation
    }

    /// What an action gives back: an answer, or work that moves time and runs on the tenant's queue.
    enum Outcome {
        case answer(JSONValue)
        case work(@Sendable () throws -> JSONValue)
    }

    private typealias Action = @Sendable (Call) throws -> Outcome

    private let router: PathRouter<Action>
    private let information: EmulatorInformation

    /// A face over all actions.
    public init(information: EmulatorInformation) {
        self.information = information
        var router = PathRouter<Action>()
        router.add(method: "GET", pattern: "/_emulator/health", GetHealth.run)
        router.add(method: "GET", pattern: "/_emulator/info", GetInfo.run)
        router.add(method: "GET", pattern: "/_emulator/clock", GetClock.run)
        router.add(method: "POST", pattern: "/_emulator/clock", SetClock.run)
        router.add(method: "POST", pattern: "/_emulator/jobs/{jobId}/run", RunJob.run)
        self.router = router
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - path: its raw path, without a tenant's prefix.
    ///   - tenant: the tenant that it is about.
    /// - Returns: the answer, or for what moves time an answer that comes when it is done.
    public func reply(to request: HTTPRequest, path: Substring, tenant: Tenant) -> HTTPReply {
        do {
            let segments = try path.split(separator: "/").map { part in
                guard let text = HTTPRequest.percentDecode(part) else {
                    throw ControlError(400, "InvalidPath", "A percent escape is malformed.")
                }
                return text
            }
            switch router.match(method: request.method, segments: segments) {
            case .found(let action, let parameters):
                let call = Call(
                    request: request, parameters: parameters, tenant: tenant,
                    information: information)
                return reply(try action(call), tenant)
            case .wrongMethod(let allowed): throw ControlError.methodNotAllowed(allowed)
            case .notFound: throw ControlError.notFound("'\(path)'")
            }
        } catch { return .now(ControlFace.render(ControlError(error))) }
    }

    private func reply(_ outcome: Outcome, _ tenant: Tenant) -> HTTPReply {
        switch outcome {
        case .answer(let json): return .now(ControlFace.render(json))
        case .work(let work):
            return .later { answer in
                tenant.perform {
                    do { answer(ControlFace.render(try work())) } catch {
                        answer(ControlFace.render(ControlError(error)))
                    }
                }
            }
        }
    }

    private static func render(_ error: ControlError) -> HTTPResponse {
        render(
            ["error": ["code": .string(error.code), "message": .string(error.message)]],
            status: error.status)
    }

    private static func render(_ json: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status,
            fields: [
                HTTPField("Content-Type", "application/json;charset=utf-8"),
                HTTPField("Cache-Control", "no-store"),
            ],
            body: json.bytes)
    }
}

extension ControlFace.Call {
    /// The body's members, of which only these are known; an empty body has none.
    ///
    /// - Throws: `ControlError.notJSON`, `.unknownMember`.
    func body(known: [String]) throws(ControlError) -> JSONObject {
        guard !request.body.isEmpty else { return JSONObject() }
        let parsed: JSONValue
        do throws(JSONError) { parsed = try JSONValue(parsing: request.body) } catch {
            throw ControlError.notJSON
        }
        guard let members = parsed.object else { throw ControlError.notJSON }
        for name in members.names where !known.contains(name) {
            throw ControlError.unknownMember(name, known: known)
        }
        return members
    }
}
