// Connections that stay from cycle to cycle.

import HTTP
import Model
import Provisioning
import Support
import Testing

@testable import Emulator

struct ClientPoolTests {
    @Test func whoComesNextGetsTheConnectionOfTheLast() throws {
        let world = try TestWorld(seeds: [])
        let tenant = try world.tenant()
        let endpoint = ScriptedEndpoint([.empty, .empty])
        let listener = try HTTPListener(options: HTTPListenerOptions(), handler: endpoint)
        defer { listener.stop(graceSeconds: 5) }
        try probe(listener.port, tenant)
        let kept = try #require(tenant.clients.take())
        #expect(tenant.clients.take() == nil)
        tenant.clients.put(kept)
        try probe(listener.port, tenant)
        #expect(tenant.clients.take() === kept)
        #expect(endpoint.requests.count == 2)
    }

    @Test func aConnectionThatFailedIsNotKept() throws {
        let tenant = try TestWorld(seeds: []).tenant()
        #expect(failure { try probe(1, tenant) }?.kind == .unreachable)
        #expect(tenant.clients.take() == nil)
    }

    @Test func onlyAFewAreKept() throws {
        let pool = ClientPool()
        for _ in 0..<(Limits.idleClients + 3) { pool.put(try HTTPClient()) }
        var count = 0
        while pool.take() != nil { count += 1 }
        #expect(count == Limits.idleClients)
    }

    /// Asks whether a target answers, over a directory that is gone afterwards.
    private func probe(_ port: some BinaryInteger, _ tenant: Tenant) throws {
        try tenant.makeTarget(
            with: [.init(key: "BaseAddress", value: "http://127.0.0.1:\(port)/scim")], job: nil,
            schema: nil
        ).probe()
    }
}
