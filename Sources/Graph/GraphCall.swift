// One request on its way through the face: what a handler is given, what it gives back.

import Emulator
import HTTP
import Model

/// A request whose route is known.
struct GraphCall {
    /// `v1.0` or `beta`.
    let version: String
    /// The path below the version root, as error texts and links print it.
    let path: String
    /// The values of the route's parameters, by name.
    let parameters: [String: String]
    /// The query's options.
    let options: QueryOptions
    /// The request.
    let request: HTTPRequest
    /// The tenant that it is about.
    let tenant: Tenant
    /// What links in the answer begin with: `http://127.0.0.1:8585`.
    let baseURL: String
    /// Whether bodies may hold unknown members (`--lenient`).
    let isLenient: Bool
    /// The `request-id` that the answer will carry.
    let requestID: String
    /// The user or service principal that calls; nil where nobody is checked.
    var caller: GUID?

    /// A value of the route; routes and handlers are written together, so it is there.
    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The context URL of an answer.
    ///
    /// It names the service itself, whatever address the emulator has: clients compare it, and nobody
    /// fetches it.
    func context(_ fragment: String) -> JSONValue {
        .string("https://graph.microsoft.com/\(version)/$metadata#\(fragment)")
    }

    /// The request's JSON body.
    ///
    /// - Throws: `GraphError` for a missing or other content type and for what is no JSON.
    func jsonBody() throws(GraphError) -> JSONValue {
        guard let contentType = request.value(of: "Content-Type") else {
            throw GraphError.missingContentType
        }
        let mediaType = contentType.prefix { $0 != ";" }
        guard String(mediaType).trimmingSpaces.lowercased() == "application/json" else {
            throw GraphError.notJSONContentType
        }
        guard !request.body.isEmpty else { throw GraphError.emptyPayload }
        do throws(JSONError) { return try JSONValue(parsing: request.body) } catch {
            throw GraphError.malformedJSON
        }
    }

    /// The request's JSON body, checked against its type and complete.
    ///
    /// - Throws: `GraphError`, also for the first member that does not fit.
    func body(as type: String) throws(GraphError) -> JSONObject {
        let body = try jsonBody()
        let normalizer = BodyNormalizer(
            catalog: tenant.gallery.types, dropsUnknownMembers: isLenient)
        do throws(BodyError) { return try normalizer.normalize(body, as: type) } catch {
            throw GraphError.body(error)
        }
    }
}

/// What a handler gives back; errors are thrown.
enum GraphAnswer: Sendable {
    /// Work that ends by giving the answer once, from any thread.
    typealias Work =
        @Sendable (_ answer: @escaping @Sendable (Result<GraphAnswer, any Error>) -> Void) -> Void

    /// An entity or a collection.
    case json(status: Int, JSONObject)
    /// A new entity, and where it is.
    case created(JSONObject, location: String)
    /// A bare value: `/$count`.
    case text(String)
    /// A media stream: `/$value`.
    case binary([UInt8])
    /// Done, with nothing to say.
    case noContent
    /// Taken in; what becomes of it is to be read at the location.
    case accepted(location: String)
    /// The answer has to wait, for a network or for the tenant's queue.
    case later(Work)
}
