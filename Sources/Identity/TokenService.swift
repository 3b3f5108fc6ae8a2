// The token service's face: discovery, keys, tokens.

public import Emulator
public import HTTP
public import Model
import VirtualTime

/// Answers what Microsoft's sign-in service answers under a tenant's name (DESIGN 3.2).
public struct TokenService: Sendable {
    private let tenants: Tenants
    private let key: SigningKey
    private let baseURL: String?

    /// A service over all tenants.
    ///
    /// - Parameters:
    ///   - tenants: where tenants are found, or made.
    ///   - key: what tokens are signed with.
    ///   - baseURL: what addresses begin with; nil for the address that a request came to.
    public init(tenants: Tenants, key: SigningKey, baseURL: String? = nil) {
        self.tenants = tenants
        self.key = key
        self.baseURL = baseURL
    }

    /// Answers a request for one of the service's addresses.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - path: its raw path, without a tenant's prefix.
    ///   - tenant: which tenant `common` stands for.
    /// - Returns: the answer; nil for a path that is not the service's.
    public func reply(to request: HTTPRequest, path: Substring, tenant: GUID) -> HTTPReply? {
        guard let address = TokenAddress(path) else { return nil }
        do {
            guard request.method == address.method else { throw TokenError.malformed }
            return .now(try answer(request, address, common: tenant))
        } catch {
            return .now(refuse((error as? TokenError) ?? .unavailable, request, tenant: tenant))
        }
    }

    private func answer(
        _ request: HTTPRequest, _ address: TokenAddress, common: GUID
    ) throws -> HTTPResponse {
        let origin = origin(of: request)
        switch address.resource {
        case .instanceDiscovery: return render(instanceDiscovery(request, origin))
        case .userRealm(let name): return render(TokenService.userRealm(name))
        case .configuration(let isVersion2):
            let tenant = try tenant(address.tenant, common)
            return render(configuration(tenant, origin, isVersion2: isVersion2))
        case .keys:
            let id = try tenant(address.tenant, common).id
            let key = try key.webKey(issuer: "\(origin)/\(id)/v2.0")
            return render(["keys": [key]])
        case .token:
            let tenant = try tenant(address.tenant, common)
            let grant = TokenGrant(
                tenant: tenant, request: try TokenRequest(request), tenantName: address.tenant,
                origin: origin, ownHosts: ownHosts(origin), key: key)
            return render(.object(try grant.answer()))
        }
    }

    /// The tenant of an address: by its identifier, by its domain, or the one that `common` means.
    private func tenant(_ name: String, _ common: GUID) throws -> Tenant {
        if ["common", "organizations"].contains(name.lowercased()) {
            return try tenants.tenant(common)
        }
        if let id = GUID(parsing: name) { return try tenants.tenant(id) }
        let isName = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        }
        guard isName else { throw TokenError.invalidTenant(name) }
        _ = try tenants.tenant(common)
        let found = try tenants.all.first {
            try $0.defaultDomain()?.lowercased() == name.lowercased()
        }
        guard let found else { throw TokenError.unknownTenant(name) }
        return found
    }

    // MARK: Discovery

    private func origin(of request: HTTPRequest) -> String {
        let scheme = request.isSecure ? "https://" : "http://"
        return baseURL ?? scheme + (request.value(of: "Host") ?? "127.0.0.1")
    }

    /// The host of an address, with and without its port, in lower case.
    private func ownHosts(_ origin: String) -> [String] {
        let host = origin.split(separator: "/", maxSplits: 2).dropFirst().first ?? ""
        let name = host.lowercased()
        return [name, String(name.prefix { $0 != ":" })]
    }

    private func instanceDiscovery(_ request: HTTPRequest, _ origin: String) -> JSONValue {
        let query = try? HTTPQuery(parsing: request.query)
        let asked = query?.value(of: "authorization_endpoint") ?? ""
        let parts = asked.split(separator: "/")
        let tenant = parts.count > 2 ? String(parts[2]) : "common"
        let host = origin.split(separator: "/").last.map(String.init) ?? ""
        return [
            "tenant_discovery_endpoint": .string(
                "\(origin)/\(tenant)/v2.0/.well-known/openid-configuration"),
            "api-version": "1.1",
            "metadata": [
                [
                    "preferred_network": .string(host), "preferred_cache": .string(host),
                    "aliases": [.string(host)],
                ]
            ],
        ]
    }

    private static func userRealm(_ name: String) -> JSONValue {
        let domain = name.split(separator: "@").last.map(String.init) ?? ""
        return [
            "ver": "1.0", "account_type": "Managed", "domain_name": .string(domain),
            "cloud_instance_name": "microsoftonline.com",
            "cloud_audience_urn": "urn:federation:MicrosoftOnline",
        ]
    }

    private func configuration(
        _ tenant: Tenant, _ origin: String, isVersion2: Bool
    ) -> JSONValue {
        let root = "\(origin)/\(tenant.id)"
        let oauth = root + (isVersion2 ? "/oauth2/v2.0" : "/oauth2")
        let issuer = isVersion2 ? root + "/v2.0" : "https://sts.windows.net/\(tenant.id)/"
        return [
            "token_endpoint": .string(oauth + "/token"),
            "token_endpoint_auth_methods_supported": [
                "client_secret_post", "private_key_jwt", "client_secret_basic",
            ],
            "jwks_uri": .string(root + "/discovery/v2.0/keys"),
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code", "id_token", "code id_token"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": .string(issuer), "request_uri_parameter_supported": false,
            "authorization_endpoint": .string(oauth + "/authorize"),
            "device_authorization_endpoint": .string(oauth + "/devicecode"),
            "http_logout_supported": true, "frontchannel_logout_supported": true,
            "end_session_endpoint": .string(oauth + "/logout"),
            "claims_supported": [
                "sub", "iss", "aud", "exp", "iat", "name", "oid", "preferred_username", "tid",
                "ver",
            ],
            "tenant_region_scope": "EU", "cloud_instance_name": "microsoftonline.com",
            "cloud_graph_host_name": "graph.windows.net",
            "msgraph_host": "graph.microsoft.com", "rbac_url": "https://pas.windows.net",
        ]
    }

    // MARK: Answers

    private func render(_ json: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status,
            fields: [
                HTTPField("Cache-Control", "no-store, no-cache"), HTTPField("Pragma", "no-cache"),
                HTTPField("Content-Type", "application/json; charset=utf-8"),
                HTTPField("Expires", "-1"),
                HTTPField("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
                HTTPField("X-Content-Type-Options", "nosniff"),
            ], body: json.bytes)
    }

    private func refuse(
        _ error: TokenError, _ request: HTTPRequest, tenant: GUID
    ) -> HTTPResponse {
        let known = try? tenants.tenant(tenant)
        let instant = (known?.now ?? RealTime.now()).withoutZone
        let time = instant.replacingT + "Z"
        var ids = IDGenerator(seed: known?.makeSeed() ?? RealTime.entropy())
        let trace = ids.next().description
        let sent = request.value(of: "client-request-id").flatMap { GUID(parsing: $0) }
        let correlation = (sent ?? ids.next()).description
        let code = String(error.code)
        return render(
            [
                "error": .string(error.error),
                "error_description": .string(
                    "AADSTS\(code): \(error.text) Trace ID: \(trace) Correlation ID: "
                        + "\(correlation) Timestamp: \(time)"),
                "error_codes": [.integer(error.code)], "timestamp": .string(time),
                "trace_id": .string(trace), "correlation_id": .string(correlation),
                "error_uri": .string("https://login.microsoftonline.com/error?code=\(code)"),
            ], status: error.status)
    }
}

extension String {
    /// An instant's text with a blank between day and time.
    fileprivate var replacingT: String { String(map { $0 == "T" ? " " : $0 }) }
}
