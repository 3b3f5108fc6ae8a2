// Hosts as addresses.

import Glibc
import Testing

@testable import HTTP

struct SocketAddressTests {
    @Test(arguments: [
        ("127.0.0.1", AF_INET), ("localhost", AF_INET), ("LocalHost", AF_INET),
        ("0.0.0.0", AF_INET), ("::1", AF_INET6), ("[::1]", AF_INET6), ("::", AF_INET6),
        ("fe80::1", AF_INET6),
    ])
    func parsesLiteralAddresses(host: String, family: Int32) throws {
        #expect(SocketAddress(host: host, port: 80)?.family == family)
    }

    @Test(arguments: ["", "name.example", "1.2.3", "256.1.1.1", "[::1", ":::", "1.2.3.4:80"])
    func refusesEverythingElse(host: String) {
        #expect(SocketAddress(host: host, port: 80) == nil)
    }

    @Test func knowsTheWildcardOfBothFamilies() {
        guard case .version6(_, isWildcard: true) = SocketAddress(host: "::", port: 1) else {
            Issue.record("not a wildcard")
            return
        }
        guard case .version6(_, isWildcard: false) = SocketAddress(host: "::1", port: 1) else {
            Issue.record("a wildcard")
            return
        }
    }
}
