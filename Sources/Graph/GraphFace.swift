// Microsoft Graph's face: a request in, the service's answer out.

public import Emulator
public import HTTP
import Identity
import Model
import Synchronization
import VirtualTime

/// Translates Graph requests to commands on a tenant, and back.
///
/// A class, because it owns the cache of answers and the sequence of request identifiers.
public final class GraphFace: Sendable {
    private let router: PathRouter<Route>
    private let isLenient: Bool
    private let baseURL: String?
    private let check: CallerCheck
    private let cache = AnswerCache(limitBytes: Limits.cachedBytes)
    private let headers: ResponseHeaders
    private let throttle: Throttle?

    /// A face over the route table.
    ///
    /// - Parameters:
    ///   - isLenient: whether unknown body members and query options are ignored.
    ///   - baseURL: what links begin with; nil for the address that the request came to.
    ///   - ids: text that makes request identifiers the same from run to run.
    ///   - check: who may call.
    ///   - isThrottling: whether calls over the service's limits are refused.
    public init(
        isLenient: Bool = false, baseURL: String? = nil, ids: String? = nil,
        check: CallerCheck = .off, isThrottling: Bool = false
    ) {
        self.check = check
        self.isLenient = isLenient
        self.baseURL = baseURL
        headers = ResponseHeaders(ids: ids)
        throttle = isThrottling ? Throttle() : nil
        var router = PathRouter<Route>()
        for route in Routes.all {
            for pattern in route.patterns {
                router.add(method: route.method, pattern: pattern, route)
            }
        }
        self.router = router
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - path: its raw path from the version root on, without a tenant's prefix.
    ///   - tenant: the tenant that it is about.
    ///   - entry: replies to a request inside a batch, given with its path; nil for the face itself.
    /// - Returns: the answer, at once unless it has to wait for something outside the process.
    public func reply(
        to request: HTTPRequest, path: Substring, tenant: Tenant,
        entry: (@Sendable (HTTPRequest, Substring) -> HTTPReply)? = nil
    ) -> HTTPReply {
        let ids = headers.identifiers(for: request)
        let caller: AccessToken?
        do throws(GraphError) { caller = try check.caller(of: request, tenant) } catch {
            return .now(refuse(error, ids, tenant: tenant))
        }
        // Kept answers would not be counted.
        let key =
            throttle == nil
            ? AnswerCache.Key(request, tenant: tenant, caller: check.cacheKey(of: caller)) : nil
        if let key, let known = cache.answer(to: key) {
            return .now(headers.complete(known, ids, now: tenant.now))
        }
        var found: (route: Route, call: GraphCall)
        let answer: GraphAnswer
        do {
            found = try find(request, path, tenant, ids)
            found.call.caller = caller?.objectID
            try check.authorize(found.route, found.call.parameters, of: tenant, caller)
            try throttle?.count(found.route, of: tenant)
            answer =
                found.route.isBatch
                ? try answerBatch(found.call, entry) : try found.route.answer(found.call)
        } catch { return .now(refuse(GraphError(error), ids, tenant: tenant)) }
        guard case .later(let work) = answer else {
            let response = render(answer, found.route)
            if let key, response.status == 200 { cache.keep(response, for: key) }
            return .now(headers.complete(response, ids, now: tenant.now))
        }
        let route = found.route
        return .later { [self] send in
            work { [self] result in
                switch result {
                case .success(let answer):
                    send(headers.complete(render(answer, route), ids, now: tenant.now))
                case .failure(let error): send(refuse(GraphError(error), ids, tenant: tenant))
                }
            }
        }
    }

    /// The answer to what no handler gets to see.
    public func response(refusing refusal: HTTPRefusal, of request: HTTPRequest) -> HTTPResponse {
        refuse(.refusal(refusal), request, tenant: nil)
    }

    /// The answer to a path that begins with no known root.
    public func response(toUnknownPath request: HTTPRequest) -> HTTPResponse {
        let first = request.path.split(separator: "/").first.map(String.init) ?? ""
        return refuse(.invalidVersion(first), request, tenant: nil)
    }

    /// The answer to a request that the emulator as a whole refuses, in Graph's shape.
    public func response(
        refusing request: HTTPRequest, status: Int, code: String, message: String,
        tenant: Tenant? = nil
    ) -> HTTPResponse {
        refuse(GraphError(status, code, message), request, tenant: tenant)
    }

    /// The route of a request, and what its handler is given.
    private func find(
        _ request: HTTPRequest, _ path: Substring, _ tenant: Tenant,
        _ ids: ResponseHeaders.Identifiers
    ) throws -> (route: Route, call: GraphCall) {
        var segments = try ODataPath(raw: path).segments
        guard let version = segments.first?.lowercased(), version == "v1.0" || version == "beta"
        else { throw GraphError.invalidVersion(segments.first ?? "") }
        segments.removeFirst()
        let plainPath = ODataPath.raw(path)
        switch router.match(method: request.method, segments: segments) {
        case .found(let route, let parameters):
            guard !route.isBeta || version == "beta" else {
                throw GraphError.unknownSegment(segments.last ?? "")
            }
            let call = GraphCall(
                version: version, path: plainPath, parameters: parameters,
                options: try QueryOptions(
                    raw: request.query, allowed: route.options, isLenient: isLenient),
                request: request, tenant: tenant,
                baseURL: GraphFace.base(of: request, path: path, baseURL: baseURL),
                isLenient: isLenient, requestID: ids.request)
            return (route, call)
        case .wrongMethod(let allowed):
            // The service behind the sub-tree knows no 405.
            let isSynchronization = segments.contains { $0.lowercased() == "synchronization" }
            throw isSynchronization
                ? GraphError.notRouted(plainPath) : GraphError.methodNotAllowed(allowed)
        case .notFound(let matched):
            throw GraphError.unknownSegment(
                matched < segments.count ? segments[matched] : segments.last ?? "")
        }
    }

    private func render(_ answer: GraphAnswer, _ route: Route) -> HTTPResponse {
        switch answer {
        case .json(let status, let json):
            var response = HTTPResponse(
                status: status, fields: ResponseHeaders.json, body: JSONValue.object(json).bytes)
            if route.isDirectoryResource {
                response.fields.append(HTTPField("x-ms-resource-unit", "1"))
            }
            return response
        case .created(let json, let location):
            var response = render(.json(status: 201, json), route)
            response.fields.append(HTTPField("Location", location))
            return response
        case .text(let text):
            return HTTPResponse(
                fields: ResponseHeaders.constant + [
                    HTTPField("Content-Type", "text/plain"), ResponseHeaders.odataVersion,
                ],
                body: Array(text.utf8))
        case .binary(let bytes):
            return HTTPResponse(
                fields: ResponseHeaders.constant + [
                    HTTPField("Content-Type", "application/octet-stream")
                ],
                body: bytes)
        case .noContent:
            var response = HTTPResponse(status: 204, fields: ResponseHeaders.constant)
            if route.isDirectoryResource {
                response.fields.append(HTTPField("x-ms-resource-unit", "1"))
            }
            return response
        case .accepted(let location):
            return HTTPResponse(
                status: 202,
                fields: ResponseHeaders.constant + [HTTPField("Location", location)])
        case .later:
            return HTTPResponse(status: 500, fields: ResponseHeaders.constant)
        }
    }

    /// An error in this face's shape.
    func response(
        refusing error: GraphError, of request: HTTPRequest, tenant: Tenant
    ) -> HTTPResponse { refuse(error, request, tenant: tenant) }

    private func refuse(
        _ error: GraphError, _ request: HTTPRequest, tenant: Tenant?
    ) -> HTTPResponse {
        refuse(error, headers.identifiers(for: request), tenant: tenant)
    }

    private func refuse(
        _ error: GraphError, _ ids: ResponseHeaders.Identifiers, tenant: Tenant?
    ) -> HTTPResponse {
        let now = tenant?.now ?? RealTime.now()
        var members = JSONObject([
            ("code", .string(error.code)), ("message", .string(error.message)),
        ])
        if !error.details.isEmpty {
            members["details"] = .array(
                error.details.map { detail in
                    [
                        "code": .string(detail.code), "message": .string(detail.message),
                        "target": .optional(detail.target),
                    ]
                })
        }
        members["innerError"] = [
            "date": .string(now.withoutZone), "request-id": .string(ids.request),
            "client-request-id": .string(ids.client),
        ]
        let body: JSONValue = ["error": .object(members)]
        let response = HTTPResponse(
            status: error.status, fields: ResponseHeaders.json + error.fields, body: body.bytes)
        return headers.complete(response, ids, now: now)
    }

    /// What links begin with: the address that the request came to, and the tenant's prefix if it has
    /// one: `http://127.0.0.1:8585/tenants/…`.
    private static func base(
        of request: HTTPRequest, path: Substring, baseURL: String?
    ) -> String {
        let scheme = request.isSecure ? "https://" : "http://"
        let origin = baseURL ?? scheme + (request.value(of: "Host") ?? "127.0.0.1")
        return origin + request.path[..<path.startIndex]
    }
}

extension ODataPath {
    /// The path below the version root as it was written, without doubled and trailing slashes.
    static func raw(_ path: Substring) -> String {
        path.split(separator: "/").dropFirst().joined(separator: "/")
    }
}
