// Microsoft Graph's face: a request in, the service's answer out.

public import Emulator
public import HTTP
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
    private let cache = AnswerCache(limitBytes: Limits.cachedBytes)
    private let headers: ResponseHeaders

    /// A face over the route table.
    ///
    /// - Parameters:
    ///   - isLenient: whether unknown body members and query options are ignored.
    ///   - baseURL: what links begin with; nil for the address that the request came to.
    ///   - ids: text that makes request identifiers the same from run to run.
    public init(isLenient: Bool = false, baseURL: String? = nil, ids: String? = nil) {
        self.isLenient = isLenient
        self.baseURL = baseURL
        headers = ResponseHeaders(ids: ids)
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
    /// - Returns: the answer, always at once.
    public func reply(to request: HTTPRequest, path: Substring, tenant: Tenant) -> HTTPReply {
        let key = AnswerCache.Key(request, tenant: tenant)
        if let key, let known = cache.answer(to: key) {
            return .now(headers.complete(known, for: request, tenant: tenant))
        }
        do {
            let response = try answer(to: request, path: path, tenant: tenant)
            if let key, response.status == 200 { cache.keep(response, for: key) }
            return .now(headers.complete(response, for: request, tenant: tenant))
        } catch {
            return .now(refuse(GraphError(error), request, tenant: tenant))
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
        refusing request: HTTPRequest, status: Int, code: String, message: String
    ) -> HTTPResponse {
        refuse(GraphError(status, code, message), request, tenant: nil)
    }

    private func answer(
        to request: HTTPRequest, path: Substring, tenant: Tenant
    ) throws -> HTTPResponse {
        var segments = try ODataPath(raw: path).segments
        guard let version = segments.first?.lowercased(), version == "v1.0" || version == "beta"
        else { throw GraphError.invalidVersion(segments.first ?? "") }
        segments.removeFirst()
        let plainPath = ODataPath.raw(path)
        switch router.match(method: request.method, segments: segments) {
        case .found(let route, let parameters):
            let call = GraphCall(
                version: version, path: plainPath, parameters: parameters,
                options: try QueryOptions(
                    raw: request.query, allowed: route.options, isLenient: isLenient),
                request: request, tenant: tenant,
                baseURL: GraphFace.base(of: request, path: path, baseURL: baseURL),
                isLenient: isLenient)
            guard let handler = route.handler else {
                throw GraphError.notEmulated(route.method + " " + route.path)
            }
            return render(try handler(call), route)
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
        case .text(let text):
            return HTTPResponse(
                fields: ResponseHeaders.constant + [
                    HTTPField("Content-Type", "text/plain"), ResponseHeaders.odataVersion,
                ],
                body: Array(text.utf8))
        case .noContent: return HTTPResponse(status: 204, fields: ResponseHeaders.constant)
        }
    }

    private func refuse(
        _ error: GraphError, _ request: HTTPRequest, tenant: Tenant?
    ) -> HTTPResponse {
        let ids = headers.identifiers(for: request)
        let now = tenant?.now ?? RealTime.now()
        let body: JSONValue = [
            "error": [
                "code": .string(error.code), "message": .string(error.message),
                "innerError": [
                    "date": .string(now.withoutZone), "request-id": .string(ids.request),
                    "client-request-id": .string(ids.client),
                ],
            ]
        ]
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
