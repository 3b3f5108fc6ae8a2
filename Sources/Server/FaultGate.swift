// What every face is behind: fault rules before it, the journal after it.

import Dispatch
import Emulator
import Graph
import HTTP
import Model

/// Lets a request through to its face, unless a fault rule says otherwise, and notes what came of it.
struct FaultGate: Sendable {
    /// Words for failures in Graph's shape.
    let graph: GraphFace
    /// The tenant that the request is about.
    let tenant: Tenant
    /// The request's path without a tenant's prefix.
    let path: Substring

    /// Replies to a request.
    func reply(
        to request: HTTPRequest, serve: @escaping @Sendable (HTTPRequest) -> HTTPReply
    ) -> HTTPReply {
        guard tenant.hasInboundFaults, let effect = effect(on: request) else {
            return FaultGate.completed(serve(request)) { note(request, $0, nil) }
        }
        guard effect.delayMilliseconds > 0 else {
            return FaultGate.completed(faulted(request, effect, serve)) {
                note(request, $0, effect.ruleID)
            }
        }
        // Nobody waits meanwhile: the connection is suspended until the timer calls.
        return .later { answer in
            let deadline = DispatchTime.now() + .milliseconds(effect.delayMilliseconds)
            DispatchQueue.global().asyncAfter(deadline: deadline) {
                FaultGate.finish(faulted(request, effect, serve)) { response in
                    note(request, response, effect.ruleID)
                    answer(response)
                }
            }
        }
    }

    private func effect(on request: HTTPRequest) -> FaultEffect? {
        tenant.fault(
            for: FaultCall(.inbound, method: request.method, path: String(path)))
    }

    private func note(_ request: HTTPRequest, _ response: HTTPResponse, _ fault: String?) {
        var request = request
        request.path = path.startIndex == request.path.startIndex ? request.path : String(path)
        let isDropped = response.delivery == .none
        tenant.record(
            JournalEntry(
                .inbound, time: tenant.now, request: request,
                response: isDropped ? nil : response,
                failure: isDropped ? "the connection was dropped" : nil, faultID: fault))
    }

    /// The answer that a fault leaves of a face's, or gives instead of it.
    private func faulted(
        _ request: HTTPRequest, _ effect: FaultEffect,
        _ serve: @Sendable (HTTPRequest) -> HTTPReply
    ) -> HTTPReply {
        if effect.dropsConnection {
            var nothing = HTTPResponse()
            nothing.delivery = .none
            return .now(nothing)
        }
        if let status = effect.status {
            return .now(apply(effect, to: refusal(of: request, status, effect)))
        }
        return FaultGate.mapped(serve(request)) { apply(effect, to: $0) }
    }

    private func apply(_ effect: FaultEffect, to response: HTTPResponse) -> HTTPResponse {
        var response = response
        if let body = effect.body { response.body = Array(body.utf8) }
        if let type = effect.contentType {
            response.fields.removeAll { $0.name == "Content-Type" }
            response.fields.append(HTTPField("Content-Type", type))
        }
        if let seconds = effect.retryAfter {
            response.fields.append(HTTPField("Retry-After", String(seconds)))
        }
        if effect.halvesBody { response.delivery = .half }
        response.fields.append(HTTPField(FaultEffect.fieldName, effect.ruleID))
        return response
    }

    /// An error in the shape of the face that was asked.
    private func refusal(
        of request: HTTPRequest, _ status: Int, _ effect: FaultEffect
    ) -> HTTPResponse {
        let words = FaultWords(status: status)
        let message = effect.message ?? words.message
        if path.hasPrefix("/scim/") {
            return json(
                status, type: "application/scim+json;charset=utf-8",
                [
                    "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
                    "status": .string(String(status)), "detail": .string(message),
                ])
        }
        if path.contains("/oauth2/") || path.contains("/discovery/")
            || path.contains("/.well-known/")
        {
            return json(
                status, type: "application/json;charset=utf-8",
                [
                    "error": .string(effect.code ?? words.tokenError),
                    "error_description": .string("AADSTS\(words.tokenCode): \(message)"),
                    "error_codes": [.integer(words.tokenCode)],
                    "timestamp": .string(tenant.now.withoutZone + "Z"),
                ])
        }
        return graph.response(
            refusing: request, status: status, code: effect.code ?? words.code, message: message,
            tenant: tenant)
    }

    private func json(_ status: Int, type: String, _ body: JSONValue) -> HTTPResponse {
        HTTPResponse(
            status: status, fields: [HTTPField("Content-Type", type)], body: body.bytes)
    }
}

extension FaultGate {
    /// A reply whose answer is changed when it is there.
    private static func mapped(
        _ reply: HTTPReply, _ change: @escaping @Sendable (HTTPResponse) -> HTTPResponse
    ) -> HTTPReply {
        switch reply {
        case .now(let response): .now(change(response))
        case .later(let work): .later { answer in work { answer(change($0)) } }
        case .stream: reply
        }
    }

    /// A reply that tells its answer when it is there.
    private static func completed(
        _ reply: HTTPReply, _ tell: @escaping @Sendable (HTTPResponse) -> Void
    ) -> HTTPReply {
        if case .now(let response) = reply {
            tell(response)
            return reply
        }
        return mapped(reply) { response in
            tell(response)
            return response
        }
    }

    /// Answers with a reply's answer, whenever it comes.
    private static func finish(
        _ reply: HTTPReply, _ answer: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        switch reply {
        case .now(let response), .stream(let response, _): answer(response)
        case .later(let work): work(answer)
        }
    }
}

/// What the service says where a fault rule says no more than a status.
private struct FaultWords {
    let code: String
    let message: String
    /// The token service's number (AADSTS) for it.
    let tokenCode: Int64
    let tokenError: String

    init(status: Int) {
        tokenError =
            switch status {
            case 400, 404: "invalid_request"
            case 401, 403: "invalid_client"
            default: "temporarily_unavailable"
            }
        tokenCode =
            switch status {
            case 401, 403: 7_000_215
            case 429: 90_055
            case 400, 404: 900_144
            default: 90_033
            }
        (code, message) =
            switch status {
            case 400: ("Request_BadRequest", "The request is invalid.")
            case 401: ("InvalidAuthenticationToken", "Access token validation failure.")
            case 403:
                (
                    "Authorization_RequestDenied",
                    "Insufficient privileges to complete the operation."
                )
            case 404: ("Request_ResourceNotFound", "The resource does not exist.")
            case 409: ("Request_Conflict", "The resource was changed meanwhile.")
            case 429: ("TooManyRequests", "Too many requests. Retry after the given time.")
            case 502: ("BadGateway", "The gateway received an invalid response.")
            case 503: ("ServiceUnavailable", "The service is temporarily unavailable.")
            case 504: ("GatewayTimeout", "The gateway waited for the service in vain.")
            default: ("InternalServerError", "The service failed on purpose.")
            }
    }
}
