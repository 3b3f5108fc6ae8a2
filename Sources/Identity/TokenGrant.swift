// Deciding a token request: who asks, for what, and what the token says.

import Emulator
import HTTP
import Model
import VirtualTime

/// One token request on one tenant.
struct TokenGrant {
    let tenant: Tenant
    let request: TokenRequest
    /// What the tenant was called by in the address.
    let tenantName: String
    /// What addresses of this emulator begin with.
    let origin: String
    /// The hosts of this emulator, in lower case, with and without port.
    let ownHosts: [String]
    let key: SigningKey

    /// The answer's members.
    ///
    /// - Throws: `TokenError`; what the store throws.
    func answer() throws -> JSONObject {
        let grant = try request.required("grant_type")
        switch grant {
        case "client_credentials": return try clientCredentials()
        case "password": return try password()
        case "refresh_token": throw TokenError.refreshToken
        default: throw TokenError.unsupportedGrant(grant)
        }
    }

    private var directoryName: String {
        get throws { try tenant.displayName() ?? tenant.id.description }
    }

    // MARK: An application's own token

    private func clientCredentials() throws -> JSONObject {
        let (client, isByCertificate) = try authenticatedClient()
        let name = try resourceName()
        guard let principal = client.servicePrincipal else {
            throw TokenError.noServicePrincipal(
                client.appID.description, tenant: tenant.id.description)
        }
        guard client.isEnabled else {
            throw TokenError.disabledApplication(
                client.appID.description, name: client.displayName)
        }
        let resource = try resource(name)
        let roles = try resource.principal.map {
            try tenant.grantedRoles(of: principal, on: $0)
        }
        var claims = common(audience: resource.audience, client: client)
        claims["appidacr"] = .string(isByCertificate ? "2" : "1")
        claims["idtyp"] = "app"
        claims["oid"] = .string(principal.description)
        if let roles, !roles.isEmpty { claims["roles"] = .array(roles.map(JSONValue.string)) }
        claims["sub"] = .string(principal.description)
        // The template that stands for an application in the place of a role.
        claims["wids"] = ["0997a1d0-0d1d-4acb-b408-d5ca73121e90"]
        return JSONObject([
            ("token_type", "Bearer"), ("expires_in", .integer(Limits.tokenSeconds)),
            ("ext_expires_in", .integer(Limits.tokenSeconds)),
            ("access_token", .string(try key.sign(claims))),
        ])
    }

    /// The client, if the secret or the assertion is its own.
    private func authenticatedClient() throws -> (ClientApplication, isByCertificate: Bool) {
        let client = try client()
        if let assertion = request.value("client_assertion") {
            guard request.value("client_assertion_type") == ClientAssertion.type else {
                throw TokenError.missing("client_assertion_type")
            }
            try ClientAssertion(assertion).check(
                client, audiences: [tenant.id.description, tenantName, "common"],
                times: [tenant.now, RealTime.now()])
            return (client, true)
        }
        guard let secret = request.clientSecret else { throw TokenError.noCredential }
        if try tenant.isSeededSecret(secret, ofApp: client.appID) { return (client, false) }
        switch try tenant.clientSecret(secret, ofApp: client.appID) {
        case .valid: return (client, false)
        case .expired: throw TokenError.expiredSecret(client.appID.description)
        case .unknown: throw TokenError.wrongSecret(client.appID.description)
        }
    }

    private func client() throws -> ClientApplication {
        let id = try request.clientID()
        guard let appID = GUID(parsing: id), let client = try tenant.client(appID) else {
            throw TokenError.unknownApplication(id, directory: try directoryName)
        }
        return client
    }

    // MARK: A user's token

    /// Differs from Entra: every scope that a user's token is asked for counts as consented to.
    private func password() throws -> JSONObject {
        let client = try client()
        if request.value("client_assertion") != nil || request.clientSecret != nil {
            _ = try authenticatedClient()
        }
        let name = try request.required("username")
        let password = try request.required("password")
        let asked = try request.required("scope").split(separator: " ").map(String.init)
        let (resourceName, scopes) = try DelegatedScopes.read(asked)
        let resource = try resource(resourceName)
        let user: DirectoryObject
        let roles: [GUID]
        switch try tenant.signIn(name, password: password) {
        case .user(let found, let held): (user, roles) = (found, held)
        case .unknownUser: throw TokenError.unknownUser(tenant: try directoryName)
        case .wrongPassword: throw TokenError.wrongPassword
        case .disabled: throw TokenError.disabledUser
        }
        var granted = scopes
        if granted == [".default"] {
            let held = try client.servicePrincipal.flatMap { principal in
                try resource.principal.map { try tenant.grantedRoles(of: principal, on: $0) }
            }
            granted = ["User.Read"] + (held ?? []).filter { !$0.hasSuffix(".OwnedBy") }
        }
        var claims = common(audience: resource.audience, client: client)
        claims["appidacr"] = .string(request.clientSecret == nil ? "0" : "1")
        claims["amr"] = ["pwd"]
        claims["idtyp"] = "user"
        for (claim, property) in [
            ("family_name", "surname"), ("given_name", "givenName"), ("name", "displayName"),
            ("upn", "userPrincipalName"), ("unique_name", "userPrincipalName"),
        ] where user.json[property]?.string != nil { claims[claim] = user.json[property] }
        claims["oid"] = .string(user.id.description)
        claims["scp"] = .string(granted.joined(separator: " "))
        claims["sub"] = .string(user.id.description)
        claims["wids"] = .array(
            (roles.map(\.description) + ["b79fbf4d-3ef9-4689-8143-76b194e85509"])
                .map(JSONValue.string))
        return try userAnswer(claims, user, client, asked: asked, granted: granted)
    }

    private func userAnswer(
        _ claims: JSONObject, _ user: DirectoryObject, _ client: ClientApplication,
        asked: [String], granted: [String]
    ) throws -> JSONObject {
        var answer = JSONObject([
            ("token_type", "Bearer"), ("scope", .string(granted.joined(separator: " "))),
            ("expires_in", .integer(Limits.tokenSeconds)),
            ("ext_expires_in", .integer(Limits.tokenSeconds)),
            ("access_token", .string(try key.sign(claims))),
        ])
        if asked.contains("openid") {
            let now = tenant.now.unixSeconds
            let identity = JSONObject([
                ("aud", .string(client.appID.description)),
                ("iss", .string("\(origin)/\(tenant.id)/v2.0")), ("iat", .integer(now)),
                ("nbf", .integer(now)), ("exp", .integer(now + Limits.tokenSeconds)),
                ("name", user.json["displayName"] ?? .null),
                ("oid", .string(user.id.description)),
                ("preferred_username", user.json["userPrincipalName"] ?? .null),
                ("sub", .string(user.id.description)), ("tid", .string(tenant.id.description)),
                ("ver", "2.0"),
            ])
            answer["id_token"] = .string(try key.sign(identity))
        }
        if request.value("client_info") == "1" {
            answer["client_info"] = .string(
                ClientInformation.text(user: user.id, tenant: tenant.id))
        }
        return answer
    }

    // MARK: What both have

    /// The one resource that a client asks for: `https://graph.microsoft.com/.default`, or `resource`
    /// on the older endpoint.
    private func resourceName() throws(TokenError) -> String {
        if let resource = request.value("resource"), request.value("scope") == nil {
            return resource
        }
        let scope = try request.required("scope")
        let scopes = scope.split(separator: " ").filter { !DelegatedScopes.isOfOpenID($0) }
        guard let first = scopes.first, scopes.count == 1 else { throw .invalidScope(scope) }
        guard first.hasSuffix("/.default"), first.count > 9 else {
            throw .notDefaultScope(String(first))
        }
        return String(first.dropLast(9))
    }

    private func resource(
        _ name: String
    ) throws -> (audience: String, principal: DirectoryObject?) {
        if GraphResource.isMeant(by: name, ownHosts: ownHosts) {
            let graph = try tenant.resource(named: GraphResource.appID.description)
            return (GraphResource.audience, graph)
        }
        guard let found = try tenant.resource(named: name) else {
            throw TokenError.unknownResource(name, tenant: try directoryName)
        }
        return (name, found)
    }

    /// The claims of every access token, in the form of version 1.0, which Graph's tokens have.
    private func common(audience: String, client: ClientApplication) -> JSONObject {
        let now = tenant.now.unixSeconds
        let issuer = "https://sts.windows.net/\(tenant.id)/"
        return JSONObject([
            ("aud", .string(audience)), ("iss", .string(issuer)), ("iat", .integer(now)),
            ("nbf", .integer(now)), ("exp", .integer(now + Limits.tokenSeconds)),
            ("app_displayname", .string(client.displayName)),
            ("appid", .string(client.appID.description)), ("idp", .string(issuer)),
            ("tid", .string(tenant.id.description)),
            ("uti", .string(ClientInformation.unique(tenant.makeSeed()))), ("ver", "1.0"),
        ])
    }
}
