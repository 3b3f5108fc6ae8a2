// The one door through which calls of jobs leave: faults, the journal, the socket or the built-in target.

import HTTP
import Model
import Provisioning
import VirtualTime

/// Sends requests to targets, whichever way they go.
///
/// A class, because it owns a connection and what goes on over it. Not `Sendable`: one is for one thread
/// at a time.
final class OutboundDoor {
    /// The way into the built-in target.
    ///
    /// A class, because it is handed on with each call.
    final class LocalRoute: Sendable {
        let target: any LocalTarget
        let servicePrincipal: GUID
        /// What a request over a socket would have as its `Host`.
        let host: HTTPField
        let isSecure: Bool
        /// What the target's addresses begin with.
        let base: String

        init(target: any LocalTarget, servicePrincipal: GUID, at address: SCIMTenantURL) {
            self.target = target
            self.servicePrincipal = servicePrincipal
            isSecure = address.base.hasPrefix("https:")
            let parts = address.base.split(separator: "/", maxSplits: 2)
            let authority = String(parts.dropFirst().first ?? "")
            host = HTTPField("Host", authority)
            base = (isSecure ? "https://" : "http://") + authority + address.path
        }
    }

    let tenant: Tenant
    let jobID: String?
    /// The transaction that local calls share; nil for one each.
    var session: LocalSession?
    /// The header fields of the last answer.
    private(set) var lastFields: [HTTPField] = []
    private var client: HTTPClient?

    init(tenant: Tenant, jobID: String?) {
        self.tenant = tenant
        self.jobID = jobID
    }

    deinit { if let client { tenant.clients.put(client) } }

    /// The instant of a call.
    var now: Timestamp { session?.transaction.now ?? tenant.now }

    /// Sends a request and waits for its answer; faults apply, and the journal sees it.
    ///
    /// - Parameters:
    ///   - request: the request as HTTP has it; its path and query are those of the URL. What goes to the
    ///     built-in target needs no body.
    ///   - url: where to.
    ///   - call: what was asked; nil for a request that is none of SCIM.
    ///   - local: the way into the built-in target; nil to use a socket.
    /// - Returns: the answer, whatever its status.
    /// - Throws: `TargetFailure` when no answer came.
    func send(
        _ request: HTTPRequest, to url: String, for call: PreparedRequest? = nil,
        local: LocalRoute? = nil
    ) throws(TargetFailure) -> LocalAnswer {
        let fault =
            tenant.hasOutboundFaults
            ? tenant.fault(
                for: FaultCall(
                    .outbound, method: request.method, path: request.path, url: url,
                    time: now))
            : nil
        do throws(TargetFailure) {
            let answer = try apply(fault) { () throws(TargetFailure) in
                try transmit(request, to: url, for: call, local: local)
            }
            record(request, call, url, fault, answer: answer)
            lastFields = answer.response.fields
            return answer
        } catch {
            record(request, call, url, fault, failure: error.message)
            throw error
        }
    }

    private func record(
        _ request: HTTPRequest, _ call: PreparedRequest?, _ url: String, _ fault: FaultEffect?,
        answer: LocalAnswer? = nil, failure: String? = nil
    ) {
        tenant.record(
            JournalEntry(
                .outbound, time: now, request: request, prepared: call, url: url,
                response: answer?.response, unwrittenResponse: answer?.unwritten,
                failure: failure, jobID: jobID, faultID: fault?.ruleID))
    }

    private func transmit(
        _ request: HTTPRequest, to url: String, for call: PreparedRequest?, local: LocalRoute?
    ) throws(TargetFailure) -> LocalAnswer {
        guard let local, let call else { return LocalAnswer(try transmit(request, to: url)) }
        let target = local.target
        let localCall = LocalCall(
            request, json: call.request.body, leavesBody: true, reading: call.reading,
            path: call.request.path[...], base: local.base, of: local.servicePrincipal)
        if let session {
            return target.respond(to: localCall, in: &session.transaction)
        }
        let answer: LocalAnswer
        do {
            if request.method == "GET" {
                answer = try tenant.view { target.respond(to: localCall, in: &$0) }
            } else {
                answer = try tenant.write { target.respond(to: localCall, in: &$0) }
            }
        } catch {
            throw .unreachable("The tenant's store failed.")
        }
        guard answer.delayMilliseconds > 0 else { return answer }
        let patience = tenant.outbound.timeoutMilliseconds
        tenant.wait(milliseconds: min(answer.delayMilliseconds, patience))
        guard answer.delayMilliseconds < patience else {
            throw .unreachable("\(url): Timeout was reached", isTimeout: true)
        }
        return answer
    }

    private func transmit(
        _ request: HTTPRequest, to url: String
    ) throws(TargetFailure) -> HTTPResponse {
        do throws(HTTPClientError) {
            return try connected().send(request, to: url)
        } catch {
            // What is left of a connection that failed is not for the next cycle.
            client = nil
            switch error.reason {
            case .timeout:
                throw .unreachable("\(url): \(error.message)", isTimeout: true)
            case .tooLarge: throw .oversized("\(url): \(error.message)")
            case .other: throw .unreachable("\(url): \(error.message)")
            }
        }
    }

    /// The client that all calls of a cycle share, and with it the connection.
    private func connected() throws(HTTPClientError) -> HTTPClient {
        if let client { return client }
        let made: HTTPClient
        if let idle = tenant.clients.take() {
            made = idle
        } else {
            made = try HTTPClient(options: clientOptions)
        }
        client = made
        return made
    }

    private var clientOptions: HTTPClientOptions {
        var options = HTTPClientOptions()
        options.timeoutMilliseconds = tenant.outbound.timeoutMilliseconds
        options.bodyLimitBytes = tenant.outbound.bodyLimitBytes
        options.certificateAuthorities = tenant.outbound.certificateAuthorities
        return options
    }

    /// What a fault makes of a call.
    private func apply(
        _ fault: FaultEffect?, _ call: () throws(TargetFailure) -> LocalAnswer
    ) throws(TargetFailure) -> LocalAnswer {
        guard let fault else { return try call() }
        let patience = tenant.outbound.timeoutMilliseconds
        RealTime.pause(milliseconds: min(fault.delayMilliseconds, patience))
        guard fault.delayMilliseconds < patience else {
            throw .unreachable("Timeout was reached", isTimeout: true)
        }
        guard !fault.dropsConnection else {
            throw .unreachable("Server returned nothing (no headers, no data)")
        }
        var response: HTTPResponse
        if let status = fault.status {
            response = refusal(status, fault)
        } else {
            response = try call().whole
        }
        if let body = fault.body { response.body = Array(body.utf8) }
        if fault.halvesBody { response.body.removeLast((response.body.count + 1) / 2) }
        if let type = fault.contentType {
            response.fields.removeAll { $0.name.lowercased() == "content-type" }
            response.fields.append(HTTPField("Content-Type", type))
        }
        response.fields.append(HTTPField(FaultEffect.fieldName, fault.ruleID))
        // A fault may have changed the body, so that it has to be read.
        return LocalAnswer(response)
    }

    private func refusal(_ status: Int, _ fault: FaultEffect) -> HTTPResponse {
        var fields = [HTTPField("Content-Type", "application/scim+json")]
        if let seconds = fault.retryAfter {
            fields.append(HTTPField("Retry-After", String(seconds)))
        }
        var members = JSONObject([
            ("schemas", ["urn:ietf:params:scim:api:messages:2.0:Error"]),
            ("status", .string(String(status))),
        ])
        members["scimType"] = fault.code.map(JSONValue.string)
        members["detail"] = .string(fault.message ?? HTTPStatusName.text(status))
        return HTTPResponse(
            status: status, fields: fields, body: JSONValue.object(members).bytes)
    }
}

extension Tenant {
    /// Waits as long as the tenant's clock needs for it; a clock that stands is not waited for.
    func wait(milliseconds: Int) {
        let end = now + ISODuration(ticks: Int64(milliseconds) * 10_000)
        guard let delay = clock.realDelay(until: end, real: RealTime.now()) else { return }
        // Not a moment too early, which a fast clock makes seconds of.
        RealTime.pause(milliseconds: Int((delay.ticks + 9_999) / 10_000))
    }
}
