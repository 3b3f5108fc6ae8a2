// `POST /$batch`: several requests in one, each through the same face.

import Emulator
import HTTP
import Model

extension GraphFace {
    /// Carries out a batch; an error of one request is an entry, not the batch's.
    ///
    /// - Parameters:
    ///   - call: the batch.
    ///   - entry: replies to one of its requests; nil for this face itself.
    /// - Returns: the answers of all its requests, or what waits for them.
    /// - Throws: `GraphError` for a batch that can't be read.
    func answerBatch(
        _ call: GraphCall, _ entry: (@Sendable (HTTPRequest, Substring) -> HTTPReply)?
    ) throws -> GraphAnswer {
        let requests = try BatchRequest.all(in: try call.jsonBody())
        let outer = call.request
        let tenant = call.tenant
        let refusal: @Sendable (GraphError) -> HTTPResponse = { [self] error in
            response(refusing: error, of: outer, tenant: tenant)
        }
        return BatchRun(requests, refusal: refusal) { [self] request in
            guard let target = BatchTarget(request.url, of: call) else {
                return .now(refusal(.batchURL(request.url)))
            }
            guard !target.isBatch else { return .now(refusal(.nestedBatch)) }
            let inner = HTTPRequest(
                method: request.method, path: target.prefix + target.path, query: target.query,
                fields: GraphFace.fields(of: request, in: outer), body: request.body,
                isSecure: outer.isSecure)
            let path = inner.path.dropFirst(target.prefix.count)
            return entry?(inner, path) ?? reply(to: inner, path: path, tenant: tenant)
        }.finish()
    }

    /// An entry's own fields, and of the batch's what says who asks and whom.
    private static func fields(of request: BatchRequest, in outer: HTTPRequest) -> [HTTPField] {
        let inherited = ["host", "authorization", "client-request-id"]
        let given = outer.fields.filter { field in
            inherited.contains(field.name.lowercased())
                && request.fields.value(of: field.name) == nil
        }
        return given + request.fields.filter { $0.name.lowercased() != "host" }
    }
}

/// What an entry's `url` means: a path below the batch's own version, or a whole address of it.
private struct BatchTarget {
    /// What stands before the version: nothing, or the tenant's prefix.
    let prefix: String
    /// The path with the version.
    let path: String
    /// The query, if there is one.
    let query: String?

    var isBatch: Bool {
        (try? ODataPath(raw: path[...]).segments.dropFirst().first?.lowercased()) == "$batch"
    }

    init?(_ url: String, of call: GraphCall) {
        let own = call.request.path
        // The batch's own path ends with the version and `$batch`.
        let kept = own.split(separator: "/").dropLast(2).map(String.init)
        prefix = kept.isEmpty ? "" : "/" + kept.joined(separator: "/")
        var rest = url[...]
        if let scheme = rest.range(of: "://") {
            guard ["http", "https"].contains(rest[..<scheme.lowerBound].lowercased()) else {
                return nil
            }
            rest = rest[scheme.upperBound...].drop { $0 != "/" }
            if rest.hasPrefix(prefix + "/") { rest = rest.dropFirst(prefix.count) }
            let version = rest.split(separator: "/").first.map { $0.lowercased() }
            guard version == call.version else { return nil }
        } else {
            rest = "/\(call.version)/" + rest.drop { $0 == "/" }
        }
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0].prefix { $0 != "#" })
        query = parts.count > 1 ? String(parts[1]).escapingBlanks : nil
    }
}

extension StringProtocol {
    /// The text with blanks as a wire has them; batches carry queries as people write them.
    fileprivate var escapingBlanks: String {
        split(
            separator: " ", omittingEmptySubsequences: false
        ).joined(separator: "%20")
    }

    /// Where a text first occurs.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
