// A host and a port in the form the system wants.

import Glibc

/// An IPv4 or IPv6 socket address.
enum SocketAddress {
    case version4(sockaddr_in)
    case version6(sockaddr_in6, isWildcard: Bool)

    /// Parses a literal address, an IPv6 one also in brackets; `localhost` is `127.0.0.1`.
    init?(host: String, port: UInt16) {
        var text = host.equalsIgnoringASCIICase("localhost") ? "127.0.0.1" : host
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        var address4 = sockaddr_in()
        if inet_pton(AF_INET, text, &address4.sin_addr) == 1 {
            address4.sin_family = sa_family_t(AF_INET)
            address4.sin_port = port.bigEndian
            self = .version4(address4)
            return
        }
        var address6 = sockaddr_in6()
        guard inet_pton(AF_INET6, text, &address6.sin6_addr) == 1 else { return nil }
        address6.sin6_family = sa_family_t(AF_INET6)
        address6.sin6_port = port.bigEndian
        let isWildcard = withUnsafeBytes(of: address6.sin6_addr) { $0.allSatisfy { $0 == 0 } }
        self = .version6(address6, isWildcard: isWildcard)
    }

    var family: Int32 {
        switch self {
        case .version4: AF_INET
        case .version6: AF_INET6
        }
    }

    /// Lends the address and its length as the system's calls take them.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        switch self {
        case .version4(let address): lend(address, to: body)
        case .version6(let address, _): lend(address, to: body)
        }
    }

    private func lend<Address, Result>(
        _ address: Address, to body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}
