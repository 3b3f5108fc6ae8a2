// Connections to targets, kept from cycle to cycle.

import HTTP
import Locks

/// The idle HTTP clients of a tenant, each with the connections that it has open.
///
/// A class, because all threads of a tenant share it. `@unchecked Sendable`: a client is in here or with
/// the one thread that took it.
final class ClientPool: @unchecked Sendable {
    // Guarded by: `clients`, whose elements nobody else holds.
    private struct Idle: @unchecked Sendable {
        let client: HTTPClient
    }

    private let clients = Guarded<[Idle]>([])

    /// Takes out the client that was used last; nil when none is idle.
    func take() -> HTTPClient? { clients.withLock { $0.popLast()?.client } }

    /// Keeps a client that its owner does not use any more.
    func put(_ client: HTTPClient) {
        let idle = Idle(client: client)
        clients.withLock { clients in
            if clients.count < Limits.idleClients { clients.append(idle) }
        }
    }
}
