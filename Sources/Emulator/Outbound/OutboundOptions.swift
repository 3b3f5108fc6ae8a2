// How jobs call their targets, alike for all tenants of a process.

import Locks
public import Model

/// What is decided about calls of jobs to their targets.
///
/// Unverified: the service's timeout, parallelism and header fields; these are defaults of the emulator.
public struct OutboundOptions: Sendable {
    /// Milliseconds after which a call without an answer has failed.
    public var timeoutMilliseconds = 30_000
    /// Bytes of an answer's body; a longer answer is a failure.
    public var bodyLimitBytes = 8 << 20
    /// Whether a call that is answered with 429 and `Retry-After` waits and is made again, up to five
    /// times and a minute each; while the clock stands it is made again at once.
    public var honorsRetryAfter = false
    /// Calls that a cycle may make to one target at the same time; one keeps their order.
    public var concurrency = 1
    /// How many members one PATCH adds or removes.
    public var membersPerPatch = 1
    /// Whether OAuth clients name themselves in a `Basic` header instead of the form's body.
    public var sendsClientInHeader = false
    /// Makes the token that a job shows its target when its secrets have none; nil shows nothing.
    public var serviceToken: (@Sendable (_ tenant: GUID, _ now: Timestamp) -> String?)?
    /// A file of certificates that targets are trusted by; nil for the system's.
    public var certificateAuthorities: String?
    /// The service that answers at the emulator's own address; nil for none.
    public var localTarget: (any LocalTarget)?
    /// Where the emulator listens.
    public let addresses = OwnAddresses()

    /// The defaults.
    public init() {}
}

/// The addresses that lead to this process, known once it listens.
///
/// A class, because tenants are made before the port is known.
public final class OwnAddresses: Sendable {
    private let urls = Guarded<[String]>([])

    /// Notes the addresses, without slashes at their ends; the first one is what seeds' `{baseURL}`
    /// stands for.
    public func set(_ baseURLs: [String]) { urls.withLock { $0 = baseURLs } }

    /// All of them.
    var all: [String] { urls.withLock { $0 } }

    /// What `{baseURL}` stands for.
    var primary: String { urls.withLock { $0.first } ?? "http://127.0.0.1:8585" }

    /// The path behind one of the addresses; nil for another address.
    func path(of url: String) -> Substring? {
        let known = urls.withLock { $0.isEmpty ? ["http://127.0.0.1:8585"] : $0 }
        for base in known where url.hasPrefix(base) {
            let rest = url.dropFirst(base.count)
            if rest.isEmpty || rest.hasPrefix("/") { return rest }
        }
        return nil
    }

    /// The service principal whose built-in directory a base address means; nil for another address.
    ///
    /// Shape: `{own address}/scim/{id}`, with `/tenants/{tenant}` before it for all but the default
    /// tenant.
    func servicePrincipal(at base: String, tenant: GUID) -> GUID? {
        guard let path = path(of: base) else { return nil }
        var segments = path.split(separator: "/")
        var named = Tenants.defaultID
        if segments.count == 4, segments[0] == "tenants" {
            guard let id = GUID(parsing: segments[1]) else { return nil }
            named = id
            segments.removeFirst(2)
        }
        guard named == tenant, segments.count == 2, segments[0] == "scim" else { return nil }
        return GUID(parsing: segments[1])
    }
}
