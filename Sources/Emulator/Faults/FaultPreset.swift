// Faults that go by a name.

import Model

/// A rule that is ready made; what the tester adds to it wins.
public enum FaultPreset: String, Sendable, CaseIterable {
    /// Ten calls are told to come back in five seconds.
    case throttlingStorm = "429-storm"
    /// Every call is told that the service is not available.
    case outage = "503-outage"
    /// Every call fails inside the service.
    case internalErrors = "500-errors"
    /// One call in three fails.
    case flaky
    /// Answers come two seconds late.
    case slow
    /// Connections end without an answer.
    case dropped
    /// Answers end in the middle.
    case halfBody = "half-body"
    /// Answers are no JSON.
    case malformedBody = "malformed-body"
    /// A page of a proxy's comes instead of the answer.
    case htmlError = "html-error"
    /// Credentials are refused.
    case unauthorized
    /// Bulk uploads over the limits of a tenant with P1 or P2 are refused.
    case bulkUploadLimits = "bulk-upload-limits"
    /// Bulk uploads over the limits of a tenant with ID Governance are refused.
    case bulkUploadLimitsGovernance = "bulk-upload-limits-governance"

    /// What it does, in a line.
    public var summary: String {
        switch self {
        case .throttlingStorm: "ten calls get 429 with Retry-After 5"
        case .outage: "every call gets 503"
        case .internalErrors: "every call gets 500"
        case .flaky: "one call in three gets 503"
        case .slow: "every answer comes two seconds late"
        case .dropped: "every connection ends without an answer"
        case .halfBody: "every answer ends in the middle"
        case .malformedBody: "every answer is no JSON"
        case .htmlError: "every call gets a proxy's 502 page"
        case .unauthorized: "every call gets 401"
        case .bulkUploadLimits: "bulk uploads over 40 in 5 seconds or 2,000 a day get 429"
        case .bulkUploadLimitsGovernance:
            "bulk uploads over 40 in 5 seconds or 6,000 a day get 429"
        }
    }

    func apply(to rule: inout FaultRule) {
        switch self {
        case .throttlingStorm:
            rule.effect.status = 429
            rule.effect.retryAfter = 5
            rule.count = 10
        case .outage: rule.effect.status = 503
        case .internalErrors: rule.effect.status = 500
        case .flaky:
            rule.effect.status = 503
            rule.probability = 1.0 / 3
        case .slow: rule.effect.delayMilliseconds = 2_000
        case .dropped: rule.effect.dropsConnection = true
        case .halfBody: rule.effect.halvesBody = true
        case .malformedBody: rule.effect.body = "{\"value\":[{\"id\":"
        case .htmlError:
            rule.effect.status = 502
            rule.effect.contentType = "text/html"
            rule.effect.body = "<html><body><h1>502 Bad Gateway</h1></body></html>"
        case .unauthorized: rule.effect.status = 401
        case .bulkUploadLimits: limitUploads(to: 2_000, &rule)
        case .bulkUploadLimitsGovernance: limitUploads(to: 6_000, &rule)
        }
    }

    /// Follows "API-driven inbound provisioning": 40 calls in 5 seconds, and so many a day.
    private func limitUploads(to day: Int, _ rule: inout FaultRule) {
        rule.match.method = "POST"
        rule.match.path = PathPattern("*/bulkUpload")
        rule.effect.status = 429
        rule.effect.code = "TooManyRequests"
        rule.limits = [
            RateLimit(calls: 40, window: .seconds(5)),
            RateLimit(calls: day, window: .minutes(24 * 60)),
        ]
    }
}
