// The service's documented limits, as an option: how often who may call what.

import Locks
import Emulator
import HTTP
import Model
import VirtualTime

/// Counts the calls of each tenant and refuses those over a limit (`--throttle`).
///
/// A class, because all worker threads share its counters. Time is the machine's; under a manual clock
/// it is the tenant's, so that a test can wait without waiting.
final class Throttle: Sendable {
    /// The operations that are limited.
    enum Kind: Hashable, CaseIterable {
        case provisionOnDemand
        case bulkUpload
        case reports

        /// Follows "synchronizationJob: provisionOnDemand", the bulk upload FAQ (a tenant with P1 or
        /// P2) and "Microsoft Graph service-specific throttling limits".
        var rules: [RateLimit] {
            switch self {
            case .provisionOnDemand, .reports: [RateLimit(calls: 5, window: .seconds(10))]
            case .bulkUpload:
                [
                    RateLimit(calls: 40, window: .seconds(5)),
                    RateLimit(calls: 2_000, window: .seconds(86_400)),
                ]
            }
        }

        /// The kind of a route; nil for what is not limited.
        init?(_ route: Route) {
            switch (route.method, route.path) {
            case ("POST", "{J}/provisionOnDemand"): self = .provisionOnDemand
            case ("POST", "{J}/bulkUpload"): self = .bulkUpload
            case ("GET", let path) where path.hasPrefix("/auditLogs/provisioning"):
                self = .reports
            default: return nil
            }
        }
    }

    private struct Key: Hashable {
        let tenant: GUID
        let kind: Kind
    }

    private let calls = Guarded<[Key: [Timestamp]]>([:])

    /// Counts a call, or refuses it.
    ///
    /// - Throws: `GraphError.throttled` with the seconds to wait.
    func count(_ route: Route, of tenant: Tenant) throws(GraphError) {
        guard let kind = Kind(route) else { return }
        let clock = tenant.clock
        let real = RealTime.now()
        let now = clock.mode == .manual ? clock.now(real: real) : real
        let wait = calls.withLock { calls in
            let key = Key(tenant: tenant.id, kind: kind)
            let (kept, wait) = RateLimit.next(calls[key] ?? [], at: now, kind.rules)
            calls[key] = kept
            return wait
        }
        guard let wait else { return }
        throw GraphError.throttled(
            retryAfterSeconds: max(
                1,
                (wait.ticks + Timestamp.ticksPerSecond - 1)
                    / Timestamp.ticksPerSecond),
            scope: "Tenant_Application/\(route.method == "GET" ? "Read" : "Write")/-/\(tenant.id)",
            limit: route.method == "GET" ? "ResourceUnitLimitExceeded" : "WriteLimitExceeded")
    }
}

extension ISODuration {
    fileprivate static func seconds(_ count: Int64) -> ISODuration {
        ISODuration(ticks: count * Timestamp.ticksPerSecond)
    }
}
