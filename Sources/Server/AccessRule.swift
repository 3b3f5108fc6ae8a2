// From where requests are taken: this machine's own clients, not a page from elsewhere.

public import HTTP

/// Keeps web pages of other origins from driving the emulator (DNS rebinding, cross-site requests).
public struct AccessRule: Sendable {
    private let acceptsAnyHost: Bool

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
        acceptsAnyHost = !["localhost", "::1"].contains(host) && !host.hasPrefix("127.")
    }

    /// Why a request is refused; nil when it is welcome.
    public func problem(with request: HTTPRequest) -> String? {
        let host = request.value(of: "Host") ?? ""
        if !acceptsAnyHost, !host.isEmpty, !AccessRule.isKnown(host) {
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
    private static func isKnown(_ host: String) -> Bool {
        for name in knownHosts where host.utf8.count >= name.utf8.count {
            var rest = host.utf8[...]
            let isSame = name.utf8.allSatisfy { byte in
                guard let other = rest.popFirst() else { return false }
                return other == byte || (0x41...0x5A).contains(other) && other | 0x20 == byte
            }
            if isSame, rest.isEmpty || rest.first == UInt8(ascii: ":") { return true }
        }
        return false
    }
}
