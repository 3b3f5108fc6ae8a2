// Microsoft Graph as the resource that tokens are for.

import Model

/// The names of Microsoft Graph.
enum GraphResource {
    /// Graph's own application identifier, the same in every tenant.
    static let appID = GUID(high: 0x0000_0003_0000_0000, low: 0xC000_0000_0000_0000)
    /// What tokens for Graph have as their audience.
    static let audience = "https://graph.microsoft.com"

    static func isAudience(_ text: String) -> Bool {
        text == audience || text == audience + "/" || text == appID.description
    }

    /// Whether a resource means Graph: its name, its identifier, or the address of this emulator,
    /// with or without its port, because clients derive the resource from the address they call.
    static func isMeant(by resource: String, ownHosts: [String]) -> Bool {
        var name = resource
        while name.hasSuffix("/") { name.removeLast() }
        if isAudience(name) { return true }
        guard let scheme = name.range(of: "://") else { return false }
        let host = name[scheme.upperBound...].lowercased()
        let bare = host.hasPrefix("[") ? host : String(host.prefix { $0 != ":" })
        return host == "graph.microsoft.com" || ["localhost", "127.0.0.1"].contains(bare)
            || host.hasPrefix("[::1]") || ownHosts.contains { $0 == host || $0 == bare }
    }
}

extension String {
    /// The place of the first occurrence of a text.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
