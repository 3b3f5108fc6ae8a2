// The tester's face: health, information, time.

public import Emulator
public import HTTP
public import Model

/// Answers below `/_emulator` (DESIGN 3.4).
public struct ControlFace: Sendable {
    /// What an action is given.
    struct Call: Sendable {
        let request: HTTPRequest
        let parameters: [String: String]
        let tenant: Tenant
        let information: EmulatorInformation
        let openAPI: OpenAPI?
        let authorityPEM: [UInt8]?
    }

    /// The OpenAPI document of the Graph face, for the address that a request came to.
    public typealias OpenAPI = @Sendable (_ tenant: Tenant, _ baseURL: String) -> JSONValue

    /// What an action gives back: an answer, or work that moves time and runs on the tenant's queue.
    enum Outcome {
        case answer(JSONValue)
        /// An answer of another status than 200.
        case answered(Int, JSONValue)
        /// 204.
        case nothing
        /// An answer that is no JSON.
        case response(HTTPResponse)
        case stream(HTTPResponse, HTTPStream)
        case work(@Sendable () throws -> JSONValue)
    }

    private typealias Action = @Sendable (Call) throws -> Outcome

    private let router: PathRouter<Action>
    private let information: EmulatorInformation
    private let openAPI: OpenAPI?
    private let authorityPEM: [UInt8]?

    /// A face over all actions.
    ///
    /// - Parameters:
    ///   - information: what the process says of itself.
    ///   - openAPI: makes the document of the Graph face; nil where there is none.
    ///   - authorityPEM: the local authority's certificate; nil where there is none.
    public init(
        information: EmulatorInformation, openAPI: OpenAPI? = nil, authorityPEM: [UInt8]? = nil
    ) {
        self.information = information
        self.openAPI = openAPI
        self.authorityPEM = authorityPEM
        var router = PathRouter<Action>()
        for route in ControlRoutes.all {
            router.add(method: route.method, pattern: "/_emulator" + route.path, route.run)
        }
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
                    information: information, openAPI: openAPI, authorityPEM: authorityPEM)
                return reply(try action(call), tenant)
            case .wrongMethod(let allowed): throw ControlError.methodNotAllowed(allowed)
            case .notFound: throw ControlError.notFound("'\(path)'")
            }
        } catch { return .now(ControlFace.render(ControlError(error))) }
    }

    private func reply(_ outcome: Outcome, _ tenant: Tenant) -> HTTPReply {
        switch outcome {
        case .answer(let json): return .now(ControlFace.render(json))
        case .answered(let status, let json):
            return .now(ControlFace.render(json, status: status))
        case .nothing: return .now(HTTPResponse(status: 204))
        case .response(let response): return .now(response)
        case .stream(let head, let stream): return .stream(head, stream)
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
        guard let members = try json().object else { throw ControlError.notJSON }
        for name in members.names where !known.contains(name) {
            throw ControlError.unknownMember(name, known: known)
        }
        return members
    }

    /// The body as JSON.
    ///
    /// - Throws: `ControlError.notJSON`.
    func json() throws(ControlError) -> JSONValue {
        do throws(JSONError) { return try JSONValue(parsing: request.body) } catch {
            throw ControlError.notJSON
        }
    }

    /// The query's parameters, of which only these are known; nil knows all.
    ///
    /// - Throws: `ControlError.unknownMember`, and for a malformed escape.
    func query(_ known: [String]?) throws(ControlError) -> [String: String] {
        let items: HTTPQuery
        do throws(HTTPQueryError) { items = try HTTPQuery(parsing: request.query) } catch {
            throw ControlError(400, "InvalidQuery", "A percent escape is malformed.")
        }
        var result: [String: String] = [:]
        for (name, value) in items {
            if let known, !known.contains(name) {
                throw ControlError.unknownMember(name, known: known)
            }
            result[name] = value
        }
        return result
    }

    /// A whole number in the query; nil when it is absent.
    ///
    /// - Throws: `ControlError.invalidMember`.
    func number(
        _ name: String, _ text: String?, _ range: ClosedRange<Int>
    ) throws(ControlError) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let bounds =
                range.upperBound == .max ? "0 on" : "\(range.lowerBound) to \(range.upperBound)"
            throw ControlError.invalidMember(name, expected: "a whole number from " + bounds)
        }
        return number
    }
}
