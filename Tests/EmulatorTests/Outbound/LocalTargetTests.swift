// The built-in target's way in: no socket, one transaction for many calls.

import Emulator
import HTTP
import Model
import Provisioning
import Support
import Synchronization
import Testing
import VirtualTime

private let owner = "60443998-8cf7-4e61-b05c-a53b658cb5e1"
private let user = TargetType(name: "User", attributes: [])

/// A service that counts what it is asked, and marks the tenant with it.
private final class CountingTarget: LocalTarget {
    private let seen = Mutex<[String]>([])

    private let hosts = Mutex<[String]>([])

    var lines: [String] { seen.withLock { $0 } }
    /// The addresses that requests say they came to.
    var origins: [String] { hosts.withLock { $0 } }

    func respond(to call: LocalCall, in transaction: inout Transaction) -> LocalAnswer {
        let request = call.request
        let id = transaction.ids.next()
        let scheme = request.isSecure ? "https://" : "http://"
        hosts.withLock { $0.append(scheme + (request.value(of: "Host") ?? "")) }
        seen.withLock { $0.append("\(call.servicePrincipal) \(request.method) \(call.path)") }
        return LocalAnswer(
            HTTPResponse(
                status: request.method == "DELETE" ? 204 : 201,
                fields: [HTTPField("Content-Type", "application/scim+json")],
                body: Array(#"{"id":"\#(id)"}"#.utf8)))
    }
}

struct LocalTargetTests {
    private static func world(_ target: CountingTarget) throws -> TestWorld {
        var outbound = OutboundOptions()
        outbound.localTarget = target
        return try TestWorld(seeds: [], outbound: outbound)
    }

    private static func directory(_ tenant: Tenant, _ base: String) throws -> SCIMDirectory {
        try tenant.makeTarget(
            with: [SynchronizationSecret(key: "BaseAddress", value: base)], job: nil, schema: nil)
    }

    @Test(arguments: [
        "{baseURL}/scim/\(owner)", "http://emulator:8585/scim/\(owner)/",
        "https://emulator/scim/\(owner)?aadOptscim062020",
        "http://emulator:8585/tenants/00000000-0000-0000-0000-00000000c0de/scim/\(owner)",
    ])
    func isReachedWithoutASocket(_ base: String) throws {
        let target = CountingTarget()
        let world = try Self.world(target)
        world.tenants.listens(at: ["http://emulator:8585", "https://emulator"])
        let directory = try Self.directory(try world.tenant(), base)
        #expect(directory.canBatch)
        try directory.delete(user, id: "a b")
        #expect(target.lines == ["\(owner) DELETE /Users/a%20b"])
        // As over a socket, so that the addresses in answers are the same.
        let isSecure = base.hasPrefix("https")
        #expect(target.origins == [isSecure ? "https://emulator" : "http://emulator:8585"])
    }

    @Test(arguments: [
        "http://emulator:85/scim/\(owner)", "http://emulator:8585/scim",
        "http://other/scim/\(owner)",
        "http://emulator:8585/scim/\(owner)/v2", "http://emulator:8585/scim/mine",
        "http://emulator:85856/scim/\(owner)",
        "http://emulator:8585/tenants/11111111-0000-0000-0000-00000000c0de/scim/\(owner)",
    ])
    func otherAddressesNeedASocket(_ base: String) throws {
        let world = try Self.world(CountingTarget())
        world.tenants.listens(at: ["http://emulator:8585"])
        let directory = try Self.directory(try world.tenant(), base)
        #expect(!directory.canBatch)
    }

    @Test func anotherTenantsDirectoryIsItsOwn() throws {
        let target = CountingTarget()
        let id = "11111111-0000-0000-0000-00000000c0de"
        let tenant = try Self.world(target).tenants.tenant(try #require(GUID(parsing: id)))
        try Self.directory(tenant, "{baseURL}/scim/\(owner)").delete(user, id: "1")
        #expect(target.lines.count == 1)
    }

    @Test func aBatchSharesOneTransaction() throws {
        let target = CountingTarget()
        let tenant = try Self.world(target).tenant()
        let generation = tenant.generation
        let ids = try tenant.write { transaction in
            let directory = try Self.directory(outside: tenant)
            return try directory.batch(in: &transaction) { session in
                let first = try directory.create(user, []).id
                let mine = session.transaction.ids.next().description
                return [first, mine, try directory.create(user, []).id]
            }
        }
        #expect(Set(ids).count == 3)
        #expect(tenant.generation == generation + 1)
        let later = try tenant.write { $0.ids.next().description }
        #expect(!ids.contains(later))
    }

    private static func directory(outside tenant: Tenant) throws -> SCIMDirectory {
        try directory(tenant, "{baseURL}/scim/\(owner)")
    }
}
