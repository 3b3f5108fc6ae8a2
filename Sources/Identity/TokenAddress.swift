// The token service's addresses.

import HTTP
public import Model

/// Which of the service's resources a path names, and under which tenant.
public struct TokenAddress {
    /// What is asked for.
    enum Resource: Equatable {
        case token
        case configuration(isVersion2: Bool)
        case keys
        case instanceDiscovery
        case userRealm(String)
    }

    /// The path's first segment: an identifier, a domain, `common` or `organizations`.
    let tenant: String
    let resource: Resource

    /// The tenant that the path names by its identifier.
    public var tenantID: GUID? { GUID(parsing: tenant) }

    /// The one method that the resource knows.
    var method: String { resource == .token ? "POST" : "GET" }

    /// Reads a raw path; nil for one that is not the service's.
    public init?(_ path: Substring) {
        let segments = path.split(separator: "/").compactMap { HTTPRequest.percentDecode($0) }
        guard let first = segments.first, segments.count >= 3 else { return nil }
        let rest = segments.dropFirst().map { $0.lowercased() }
        switch rest {
        case ["oauth2", "v2.0", "token"], ["oauth2", "token"]: resource = .token
        case ["v2.0", ".well-known", "openid-configuration"]:
            resource = .configuration(isVersion2: true)
        case [".well-known", "openid-configuration"]: resource = .configuration(isVersion2: false)
        case ["discovery", "v2.0", "keys"], ["discovery", "keys"]: resource = .keys
        case ["discovery", "instance"]: resource = .instanceDiscovery
        default:
            guard rest.count == 2, rest[0] == "userrealm" else { return nil }
            resource = .userRealm(segments[2])
        }
        tenant = first
    }
}
