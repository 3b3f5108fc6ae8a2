// The token service as clients see it: grants, refusals, discovery.

import Crypto
import Emulator
import HTTP
import Model
import Support
import Testing

let automation = "b1d4c7a0-5f2e-4c36-9d81-6a07e3f25c10"
let graphScope = "https://graph.microsoft.com/.default"

extension TestWorld {
    /// Posts a form to a tenant's token endpoint.
    func token(
        _ form: [(String, String)], tenant: String = Tenants.defaultID.description,
        fields: [HTTPField] = []
    ) -> HTTPResponse {
        let body = form.map { name, value in
            name + "="
                + value.utf8.map { byte in
                    let digits = String(byte, radix: 16)
                    return "%" + (digits.count == 1 ? "0" : "") + digits
                }.joined()
        }.joined(separator: "&")
        return send(
            HTTPRequest(
                method: "POST", path: "/\(tenant)/oauth2/v2.0/token",
                fields: [HTTPField("Content-Type", "application/x-www-form-urlencoded")] + fields,
                body: Array(body.utf8)))
    }

    /// An application's own token.
    func applicationToken(_ client: String, _ secret: String) throws -> String {
        let answer = token([
            ("grant_type", "client_credentials"), ("client_id", client),
            ("client_secret", secret), ("scope", graphScope),
        ])
        return try #require(answer.member("access_token").string, "\(answer.json.text)")
    }

    /// A user's token.
    func userToken(_ user: String, _ scope: String) throws -> String {
        let answer = token([
            ("grant_type", "password"), ("client_id", automation), ("username", user),
            ("password", "demo-password"), ("scope", scope),
        ])
        return try #require(answer.member("access_token").string, "\(answer.json.text)")
    }
}

/// The claims of a token.
func claims(_ token: String) throws -> JSONObject {
    let part = try #require(token.split(separator: ".").dropFirst().first)
    let bytes = try #require(Base64.bytes(part))
    return try #require(try JSONValue(parsing: bytes).object)
}

struct TokenServiceTests {
    private let world: TestWorld

    init() throws { world = try TestWorld() }

    private func form(
        _ changes: [String: String?] = [:]
    ) -> [(String, String)] {
        [
            ("grant_type", "client_credentials"), ("client_id", automation),
            ("client_secret", "demo-automation-secret"), ("scope", graphScope),
        ].compactMap { name, value in
            let changed = changes[name] ?? value
            return changed.map { (name, $0) }
        }
    }

    @Test func givesATokenWithTheRealClaims() throws {
        let answer = world.token(form())
        #expect(answer.status == 200)
        #expect(answer.member("token_type") == "Bearer")
        #expect(answer.member("expires_in") == 3599)
        let claims = try claims(try #require(answer.member("access_token").string))
        let tenant = Tenants.defaultID.description
        let now: Int64 = 1_767_225_600
        #expect(claims["aud"] == "https://graph.microsoft.com")
        #expect(claims["iss"] == .string("https://sts.windows.net/\(tenant)/"))
        #expect(claims["tid"] == .string(tenant))
        #expect(claims["appid"] == .string(automation))
        #expect(claims["app_displayname"] == "Contoso automation")
        #expect(claims["idtyp"] == "app")
        #expect(claims["oid"] == "c27e95f4-18ab-4d60-8f3c-51b0a7d6e924")
        #expect(claims["sub"] == claims["oid"])
        #expect(claims["iat"] == .integer(now))
        #expect(claims["nbf"] == .integer(now))
        #expect(claims["exp"] == .integer(now + 3599))
        #expect(claims["ver"] == "1.0")
        #expect(claims["uti"]?.string?.isEmpty == false)
        #expect(claims["roles"]?.array?.contains("Synchronization.ReadWrite.All") == true)
        #expect(claims["scp"] == nil)
    }

    @Test func publishesTheKeyThatSigned() throws {
        let token = try world.applicationToken(automation, "demo-automation-secret")
        let keys = world.send("GET", "/\(Tenants.defaultID)/discovery/v2.0/keys")
        let head = try #require(token.split(separator: ".").first.flatMap { Base64.bytes($0) })
        #expect(try JSONValue(parsing: head).object?["kid"] == keys.member("keys", 0, "kid"))
        #expect(keys.member("keys", 0, "kty") == "RSA")
        #expect(keys.member("keys", 0, "e") == "AQAB")
        #expect(keys.member("keys", 0, "n").string?.count == 342)
    }

    @Test func takesTheSecretFromTheHeader() {
        let credentials = Base64.text(Array("\(automation):demo-automation-secret".utf8))
        let answer = world.token(
            [("grant_type", "client_credentials"), ("scope", graphScope)],
            fields: [HTTPField("Authorization", "Basic \(credentials)")])
        #expect(answer.status == 200, "\(answer.json.text)")
    }

    @Test(arguments: [
        "common", "organizations", "contoso.com", "00000000-0000-0000-0000-0000000000aa",
    ])
    func knowsTenantsByIdentifierAndDomain(tenant: String) throws {
        let answer = world.token(form(), tenant: tenant)
        #expect(answer.status == 200, "\(answer.json.text)")
        let tid = try claims(try #require(answer.member("access_token").string))["tid"]
        #expect(tid == .string(tenant.count == 36 ? tenant : Tenants.defaultID.description))
    }

    @Test(arguments: [
        "https://graph.microsoft.com//.default", "http://127.0.0.1:8585/.default",
        "https://localhost/.default", "00000003-0000-0000-c000-000000000000/.default",
    ])
    func takesGraphUnderAllItsNames(scope: String) throws {
        let answer = world.token(form(["scope": scope]))
        let token = try #require(answer.member("access_token").string, "\(answer.json.text)")
        #expect(try claims(token)["aud"] == "https://graph.microsoft.com")
    }

    @Test func givesTokensForOtherApplications() throws {
        let resource = "4f69b626-58da-4ad8-84a6-bc7c99919948"
        let answer = world.token(form(["scope": resource + "/.default"]))
        let claims = try claims(try #require(answer.member("access_token").string))
        #expect(claims["aud"] == .string(resource))
        #expect(claims["roles"] == nil)
    }

    /// What is wrong, and how it is refused: the changed parameter, status, `error`, code.
    typealias Refusal = (name: String, value: String?, status: Int, error: String, code: Int64)
    static let refusals: [Refusal] = [
        ("grant_type", nil, 400, "invalid_request", 900144),
        ("grant_type", "x", 400, "unsupported_grant_type", 70003),
        ("grant_type", "refresh_token", 400, "invalid_grant", 70000),
        ("client_id", nil, 400, "invalid_request", 900144),
        ("client_id", "x", 400, "unauthorized_client", 700016),
        ("client_id", "11111111-1111-1111-1111-111111111111", 400, "unauthorized_client", 700016),
        ("client_secret", nil, 401, "invalid_client", 7_000_218),
        ("client_secret", "x", 401, "invalid_client", 7_000_215),
        ("scope", nil, 400, "invalid_request", 900144),
        ("scope", "https://graph.microsoft.com/User.Read", 400, "invalid_scope", 1_002_012),
        ("scope", "a/.default b/.default", 400, "invalid_scope", 70011),
        ("scope", "https://other.example/.default", 400, "invalid_resource", 500011),
    ]

    @Test(arguments: refusals)
    func refusesWithTheServicesCodes(
        refusal: Refusal
    ) {
        let answer = world.token(form([refusal.name: refusal.value]))
        #expect(answer.status == refusal.status)
        #expect(answer.member("error") == .string(refusal.error))
        #expect(answer.member("error_codes") == [.integer(refusal.code)])
        let text = answer.member("error_description").string ?? ""
        #expect(text.hasPrefix("AADSTS\(refusal.code): "))
        #expect(text.hasSuffix("Timestamp: 2026-01-01 00:00:00Z"))
        #expect(answer.member("timestamp") == "2026-01-01 00:00:00Z")
        #expect(answer.member("trace_id").string.flatMap { GUID(parsing: $0) } != nil)
        #expect(answer.member("correlation_id").string.flatMap { GUID(parsing: $0) } != nil)
        #expect(
            answer.member("error_uri")
                == .string("https://login.microsoftonline.com/error?code=\(refusal.code)"))
    }

    @Test(arguments: [("other.example", 90002), ("a b", 900023)])
    func refusesUnknownTenants(name: String, code: Int64) {
        let answer = world.token(form(), tenant: name == "a b" ? "a%20b" : name)
        #expect(answer.status == 400)
        #expect(answer.member("error_codes") == [.integer(code)])
    }

    @Test func signsUsersIn() throws {
        let token = try world.userToken(
            "ingrid.halvorsen@contoso.com",
            "openid https://graph.microsoft.com/Synchronization.ReadWrite.All "
                + "https://graph.microsoft.com/User.Read")
        let claims = try claims(token)
        #expect(claims["scp"] == "Synchronization.ReadWrite.All User.Read")
        #expect(claims["upn"] == "ingrid.halvorsen@contoso.com")
        #expect(claims["oid"] == "92ba3afa-4614-41d6-994a-6e49dca63b7f")
        #expect(
            claims["wids"]?.array?.contains("62e90394-69f5-4237-9190-012177145e10") == true)
        #expect(claims["roles"] == nil)
    }

    @Test(arguments: [
        ("nobody@contoso.com", "demo-password", 50034),
        ("ingrid.halvorsen@contoso.com", "wrong", 50126),
    ])
    func refusesUsers(name: String, password: String, code: Int64) {
        let answer = world.token([
            ("grant_type", "password"), ("client_id", automation), ("username", name),
            ("password", password), ("scope", "User.Read"),
        ])
        #expect(answer.status == 400)
        #expect(answer.member("error") == "invalid_grant")
        #expect(answer.member("error_codes") == [.integer(code)])
    }

    @Test func tellsWhereThingsAre() {
        let tenant = Tenants.defaultID.description
        let answer = world.send("GET", "/contoso.com/v2.0/.well-known/openid-configuration")
        let root = "http://127.0.0.1:8585/\(tenant)"
        #expect(answer.member("token_endpoint") == .string(root + "/oauth2/v2.0/token"))
        #expect(answer.member("jwks_uri") == .string(root + "/discovery/v2.0/keys"))
        #expect(answer.member("issuer") == .string(root + "/v2.0"))
        let instance = world.send(
            "GET",
            "/common/discovery/instance?api-version=1.1&authorization_endpoint="
                + "https://localhost:8586/\(tenant)/oauth2/v2.0/authorize")
        #expect(
            instance.member("tenant_discovery_endpoint")
                == .string(root + "/v2.0/.well-known/openid-configuration"))
        #expect(instance.member("metadata", 0, "aliases") == ["127.0.0.1:8585"])
    }
}
