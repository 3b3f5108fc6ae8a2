// The target over the network.

import Dispatch
public import Emulator
public import HTTP
import Model

/// Answers below `/scim/{servicePrincipalId}`.
public struct SCIMFace: Sendable {
    private let target = BuiltInTarget()

    /// A face; it has no state of its own.
    public init() {}

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - path: its raw path, without a tenant's prefix.
    ///   - tenant: the tenant that it is about.
    /// - Returns: the answer, at once unless the target is to be slow.
    public func reply(to request: HTTPRequest, path: Substring, tenant: Tenant) -> HTTPReply {
        let rest = path.utf8.drop { $0 == UInt8(ascii: "/") }.dropFirst("scim".utf8.count + 1)
        let name = rest.prefix { $0 != UInt8(ascii: "/") }
        guard let id = GUID(parsing: Substring(name)) else {
            let refusal = SCIMRefusal.notFound("The service principal '\(Substring(name))'")
            return .now(refusal.response)
        }
        let below = Substring(rest[name.endIndex...])
        let call = LocalCall(
            request, path: below, base: SCIMFace.base(of: request, below, id), of: id)
        let answer: LocalAnswer
        do {
            answer =
                try isReading(request, below)
                ? tenant.view { target.respond(to: call, in: &$0) }
                : tenant.write { target.respond(to: call, in: &$0) }
        } catch {
            answer = LocalAnswer(SCIMRefusal(500, nil, "The store failed: \(error)").response)
        }
        guard answer.delayMilliseconds > 0 else { return .now(answer.response) }
        return .later { reply in
            let delay = DispatchTimeInterval.milliseconds(answer.delayMilliseconds)
            DispatchQueue.global().asyncAfter(deadline: .now() + delay) { reply(answer.response) }
        }
    }

    /// The address of the service, as the request has it.
    private static func base(
        of request: HTTPRequest, _ path: Substring, _ servicePrincipal: GUID
    ) -> String {
        let own = request.path.utf8
        let root: String
        if own.count > path.utf8.count, own.suffix(path.utf8.count).elementsEqual(path.utf8) {
            root = String(Substring(own.dropLast(path.utf8.count)))
        } else {
            root = "/scim/\(servicePrincipal)"
        }
        guard let host = request.value(of: "Host"), !host.isEmpty else { return root }
        return (request.isSecure ? "https://" : "http://") + host + root
    }

    /// Whether nothing is written, also not by a search.
    private func isReading(_ request: HTTPRequest, _ path: Substring) -> Bool {
        switch request.method {
        case "GET", "HEAD": true
        case "POST": path.utf8.suffix(8).elementsEqual("/.search".utf8)
        default: false
        }
    }
}
