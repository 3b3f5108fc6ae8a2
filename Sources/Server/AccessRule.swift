// From where requests are taken: this machine's own clients, not a page from elsewhere.

public import HTTP

/// Keeps web pages of other origins from driving the emulator (DNS rebinding, cross-site requests).
public struct AccessRule: Sendable {
    private let acceptsAnyHost: Bool
    private let ownHost: String

    /// Names of this machine, and of the services that a test's name resolution may point here.
    private static let knownHosts = [
        "127.0.0.1", "localhost", "[::1]", "graph.microsoft.com", "login.microsoftonline.com",
        "host.docker.internal",
    ]

    /// A rule for a listener.
    ///
    /// - Parameter host: the address that it listens on. One that is not this machine's own was chosen
    ///   to be reached from elsewhere, under names that can't be known.
    public init(listeningOn host: String) {
        ownHost = host.contains(":") ? "[\(host.lowercased())]" : host.lowercased()
        acceptsAnyHost = !["localhost", "::1"].contains(host) && !host.hasPrefix("127.")
    }

    /// Why a request is refused; nil when it is welcome.
    public func problem(with request: HTTPRequest) -> String? {
        let host = request.value(of: "Host") ?? ""
        if !acceptsAnyHost, !host.isEmpty, !isKnown(host) {
            return "The host '\(host)' is not this machine's; "
                + "listen with --host to be reached by it."
        }
        guard let origin = request.value(of: "Origin"), origin != "null" || request.method != "GET"
        else { return nil }
        let scheme = request.isSecure ? "https://" : "http://"
        guard origin.lowercased() == scheme + host.lowercased() else {
            return "Requests of pages from '\(origin)' are not taken."
        }
        return nil
    }

    /// Whether a host, with or without a port, is a name of this machine.
    ///
    /// Looked at byte by byte, because every request pays for it.
    private func isKnown(_ host: String) -> Bool {
        AccessRule.knownHosts.contains { AccessRule.isSame(host, $0) }
            || AccessRule.isSame(host, ownHost)
    }

    private static func isSame(_ host: String, _ name: String) -> Bool {
        var rest = host.utf8[...]
        let isSame = name.utf8.allSatisfy { byte in
            guard let other = rest.popFirst() else { return false }
            return other == byte || (0x41...0x5A).contains(other) && other | 0x20 == byte
        }
        guard isSame, let colon = rest.popFirst() else { return isSame }
        // What follows goes into links, so it has to be a port and nothing else.
        return colon == UInt8(ascii: ":") && rest.count <= 5
            && rest.allSatisfy { (0x30...0x39).contains($0) }
    }
}
