// The built-in SCIM 2.0 service: a request in, its answer out, within a transaction.

public import Emulator
import HTTP
public import Model
import Storage

/// Answers SCIM requests out of the tenant's database (RFC 7643, RFC 7644).
///
/// Each service principal has a directory of its own. A request brings the `SecretToken` of the
/// service principal's job secrets; where there is none, or the secrets say OAuth, any token will do.
public struct BuiltInTarget: LocalTarget {
    /// A target; it has no state of its own.
    public init() {}

    static let contentType = HTTPField("Content-Type", "application/scim+json")

    /// Answers one request, within the caller's transaction.
    public func respond(to call: LocalCall, in transaction: inout Transaction) -> LocalAnswer {
        var behaviours: Set<TargetBehaviour> = []
        let answer: LocalAnswer
        do {
            try BuiltInTarget.settle(before: call, in: &transaction)
            let known = transaction.target.flatMap {
                $0.servicePrincipal == call.servicePrincipal ? $0 : nil
            }
            guard let store = try known ?? SCIMStore(of: call.servicePrincipal, in: transaction)
            else {
                throw SCIMRefusal.notFound("The service principal '\(call.servicePrincipal)'")
            }
            behaviours = store.behaviours
            answer = try self.answer(to: call, store, &transaction)
        } catch let refusal as SCIMRefusal {
            answer = LocalAnswer(refusal.response)
        } catch {
            answer = LocalAnswer(SCIMRefusal(500, nil, "The store failed: \(error)").response)
        }
        guard !behaviours.isEmpty else { return answer }
        return LocalAnswer(
            BuiltInTarget.spoiled(answer.whole, behaviours),
            delayMilliseconds: behaviours.contains(.slow) ? Limits.slowMilliseconds : 0)
    }

    /// What the schemas alone tell of a request.
    public func reading(
        _ method: String, path: String, query: String?, json: JSONValue?
    ) -> (any AnyObject & Sendable)? {
        RequestReading.Content(method, path: path, query: query, json: json)
            .map(RequestReading.init)
    }

    /// Writes what the calls before left, unless this one goes on where they were.
    private static func settle(
        before call: LocalCall, in transaction: inout Transaction
    ) throws(StorageError) {
        guard var store = transaction.target, store.isBehind else { return }
        if store.servicePrincipal == call.servicePrincipal,
            case .members? = (call.reading as? RequestReading)?.content
        {
            return
        }
        try store.settle()
        transaction.target = store
    }

    private func answer(
        to local: LocalCall, _ store: SCIMStore, _ transaction: inout Transaction
    ) throws -> LocalAnswer {
        let request = local.request
        try BuiltInTarget.authorize(request, store)
        if store.behaviours.contains(.tooManyRequests) {
            var refusal = SCIMRefusal(429, nil, "Too many requests; come back in a minute.")
            refusal.fields = [HTTPField("Retry-After", "60")]
            throw refusal
        }
        let segments = try BuiltInTarget.segments(local.path)
        let discovered = try Discovery.response(
            to: request, segments: segments, base: local.base, store: store)
        if let response = discovered {
            return LocalAnswer(response)
        }
        var call = SCIMCall(local, service: SCIMService(store: store, base: local.base))
        let response = try BuiltInTarget.answer(&call, segments, local.path, &transaction)
        transaction.target = call.service.store
        return LocalAnswer(response, unwritten: call.unwritten)
    }

    private static func answer(
        _ call: inout SCIMCall, _ segments: [String], _ path: Substring,
        _ transaction: inout Transaction
    ) throws -> HTTPResponse {
        switch segments.first {
        case "Users": return try call.answer(.user, segments.dropFirst(), &transaction)
        case "Groups": return try call.answer(.group, segments.dropFirst(), &transaction)
        case "Me":
            // RFC 7644, section 3.11: a bearer token of an application is nobody's.
            throw SCIMRefusal(501, nil, "The token stands for an application, not for a user.")
        case "Bulk" where segments.count == 1: return try call.bulk(&transaction)
        case ".search" where segments.count == 1: return try call.search([.user, .group])
        case nil: return try call.list([.user, .group])
        default: throw SCIMRefusal.notFound("'\(path)'")
        }
    }

    /// Checks the bearer token.
    private static func authorize(
        _ request: HTTPRequest, _ store: SCIMStore
    ) throws(SCIMRefusal) {
        let prefix = "Bearer "
        if let bearer = store.bearer, request.value(of: "Authorization") == bearer { return }
        guard let field = request.value(of: "Authorization"), field.utf8.count > prefix.utf8.count,
            field.hasPrefix(prefix)
                || zip(field.utf8, prefix.utf8).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
        else { throw SCIMRefusal.unauthorized }
        guard let token = store.token else { return }
        guard field.utf8.dropFirst(prefix.utf8.count).elementsEqual(token.utf8) else {
            throw SCIMRefusal.unauthorized
        }
    }

    private static func segments(_ path: Substring) throws(SCIMRefusal) -> [String] {
        if let segments = plainSegments(path) { return segments }
        var segments: [String] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/")) {
            guard let segment = HTTPRequest.percentDecode(Substring(part)) else {
                throw SCIMRefusal.notFound("'\(path)'")
            }
            segments.append(segment)
        }
        return segments
    }

    /// The segments of a path like most are: `/Users`, or `/Users/2819c223`.
    private static func plainSegments(_ path: Substring) -> [String]? {
        let found = path.utf8.withContiguousStorageIfAvailable { bytes -> [String]? in
            for (prefix, name) in endpoints where starts(bytes, with: prefix) {
                let rest = bytes[prefix.utf8CodeUnitCount...]
                guard let first = rest.first else { return [name] }
                let id = rest.dropFirst()
                guard first == UInt8(ascii: "/"), !id.isEmpty else { return nil }
                for byte in id where byte == UInt8(ascii: "%") || byte == UInt8(ascii: "/") {
                    return nil
                }
                return [name, String(decoding: id, as: UTF8.self)]
            }
            return nil
        }
        return found ?? nil
    }

    private static let endpoints: [(StaticString, String)] = [
        ("/Users", "Users"), ("/Groups", "Groups"),
    ]

    private static func starts(
        _ bytes: UnsafeBufferPointer<UInt8>, with prefix: StaticString
    ) -> Bool {
        guard bytes.count >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount where bytes[index] != prefix.utf8Start[index] {
            return false
        }
        return true
    }

    /// An answer under the behaviours that garble it.
    private static func spoiled(
        _ response: HTTPResponse, _ behaviours: Set<TargetBehaviour>
    ) -> HTTPResponse {
        var response = response
        if behaviours.contains(.halfBody) {
            response.body = Array(response.body.prefix(response.body.count / 2))
        }
        if behaviours.contains(.wrongContentType) {
            response.fields.removeAll { $0.name == contentType.name }
            response.fields.append(HTTPField(contentType.name, "text/html"))
        }
        return response
    }
}
