// The provisioning log's words for what a SCIM endpoint refuses or gets wrong.

import Model

extension TargetFailure {
    /// What the codes of the SCIM connector begin with.
    static let prefix = "SystemForCrossDomainIdentityManagement"

    /// The failure that an answer of an unwanted status means.
    ///
    /// Unverified: the codes of statuses that the documentation's table of error codes has no word for.
    init(_ answer: SCIMAnswer, isCreation: Bool = false) {
        let status = answer.status
        let kind: Kind
        let code: String
        switch status {
        case 401: (kind, code) = (.credentials, TargetFailure.prefix + "InvalidCredentials")
        case 403: (kind, code) = (.entry, "InsufficientRights")
        case 405: (kind, code) = (.entry, "MethodNotAllowed")
        case 409: (kind, code) = (.entry, isCreation ? "EntryConflict" : "Conflict")
        case 422: (kind, code) = (.entry, "UnprocessableEntity")
        case 429:
            kind = .throttled(retryAfter: TargetFailure.wait(answer.retryAfter))
            code = "TooManyRequests"
        case 500: (kind, code) = (.entry, "InternalServerError")
        case 501: (kind, code) = (.entry, "NotImplemented")
        case 408, 504: (kind, code) = (.entry, "Timeout")
        case 502, 503, 505...599: (kind, code) = (.entry, "WebExceptionProtocolError")
        default: (kind, code) = (.entry, TargetFailure.prefix + "BadResponse")
        }
        self.init(kind, code: code, message: TargetFailure.log(answer), status: status)
    }

    /// The service's text about an answer (`reason` of the log's record).
    static func log(_ answer: SCIMAnswer) -> String {
        "StatusCode: \(HTTPStatusName.text(answer.status))\n"
            + "Message: Processing of the HTTP request resulted in an exception. Please see the HTTP "
            + "response returned by the 'Response' property of this exception for details.\n"
            + "Web Response: \n" + excerpt(answer.body)
    }

    /// The beginning of a body: a log keeps no megabytes.
    public static func excerpt(_ body: [UInt8]) -> String {
        String(decoding: body.prefix(Limits.loggedBodyBytes), as: UTF8.self)
    }

    /// Unverified: `Retry-After` is read in seconds; a date is taken for none.
    private static func wait(_ text: String?) -> ISODuration? {
        guard let text, let seconds = Int64(text), seconds >= 0 else { return nil }
        return .seconds(min(seconds, Limits.longestRetryAfterSeconds))
    }

    /// An answer that is no JSON.
    static func badResponse(_ answer: SCIMAnswer, _ problem: String) -> TargetFailure {
        TargetFailure(
            .entry, code: prefix + "BadResponse", message: problem + "\n" + log(answer),
            status: answer.status)
    }

    /// An answer that is JSON and not what the protocol asks for.
    static func incompatible(_ answer: SCIMAnswer, _ problem: String) -> TargetFailure {
        TargetFailure(
            .entry, code: prefix + "ServiceIncompatible", message: problem + "\n" + log(answer),
            status: answer.status)
    }

    /// More objects than the one that was asked for.
    static func multipleEntries(_ answer: SCIMAnswer) -> TargetFailure {
        TargetFailure(
            .entry, code: prefix + "MultipleEntriesInResponse",
            message: "A request for one object was answered with several.\n" + log(answer),
            status: answer.status)
    }

    /// No answer: the connection failed, or time ran out.
    public static func unreachable(_ message: String, isTimeout: Bool = false) -> TargetFailure {
        TargetFailure(
            .unreachable, code: isTimeout ? "Timeout" : "WebExceptionProtocolError",
            message: message)
    }

    /// An answer that was longer than the service reads.
    public static func oversized(_ message: String) -> TargetFailure {
        TargetFailure(.entry, code: prefix + "BadResponse", message: message)
    }

    /// No tenant URL, or one that is none.
    public static let noTenantURL = TargetFailure(
        .credentials, code: prefix + "InvalidCredentials",
        message: "Please provide a valid tenant URL for your application.")

    /// What the failure of a probe means: it stops the run.
    public var asProbe: TargetFailure {
        switch (kind, status) {
        case (.throttled, _), (.unreachable, _), (.credentials, _): return self
        case (_, 403):
            return TargetFailure(
                .credentials, code: TargetFailure.prefix + "InvalidCredentials", message: message,
                status: status)
        case (_, 404):
            return TargetFailure(
                .contract, code: TargetFailure.prefix + "ServiceIncompatible",
                message: TargetFailure.probeNotFound, status: status)
        default: return TargetFailure(.contract, code: code, message: message, status: status)
        }
    }

    private static let probeNotFound =
        "An HTTP/404 Not Found response was returned rather than the expected HTTP/200 OK response. "
        + "To address this issue, ensure that the tenant URL is correct. The tenant URL is usually "
        + "in a format like: https://<<hostName>>/scim. If this does not resolve the issue, contact "
        + "the application developer to ensure their SCIM endpoint conforms with the protocol "
        + "https://tools.ietf.org/html/rfc7644#section-3.4.2"
}
