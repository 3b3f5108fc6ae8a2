// Tokens that a tenant's jobs were given, kept until they run out on its clock.

import HTTP
import Locks
import Model
import Provisioning

/// The tokens of a tenant's OAuth clients.
///
/// A class, because all threads of a tenant share it; what is in it can be had again.
final class TokenCache: Sendable {
    private let tokens = Guarded<[OAuthClient: OAuthToken]>([:])

    /// The token of a client that is good at an instant.
    func token(of client: OAuthClient, at now: Timestamp) -> OAuthToken? {
        tokens.withLock { $0[client] }.flatMap { $0.isGood(at: now) ? $0 : nil }
    }

    /// Keeps a client's token; nil forgets it.
    func keep(_ token: OAuthToken?, of client: OAuthClient) {
        tokens.withLock { tokens in
            if tokens.count >= Limits.cachedTokens { tokens.removeAll() }
            tokens[client] = token
        }
    }
}

extension OutboundDoor {
    /// A client's token: the one in the cache while it is good, else a new one.
    ///
    /// - Throws: `TargetFailure` of kind `credentials` when the server gives none.
    func token(of client: OAuthClient) throws(TargetFailure) -> OAuthToken {
        if let known = tenant.tokens.token(of: client, at: now) { return known }
        let token = try fetchToken(of: client)
        tenant.tokens.keep(token, of: client)
        return token
    }

    /// Asks the authorization server for a token.
    ///
    /// Shape: `POST`, `grant_type=client_credentials&client_id=…&client_secret=…`, answered with
    /// `{"access_token","token_type","expires_in"}` (RFC 6749, sections 4.4.2 and 5.1).
    private func fetchToken(of client: OAuthClient) throws(TargetFailure) -> OAuthToken {
        guard let url = SCIMTenantURL(parsing: client.tokenURL) else {
            throw .noToken("'\(client.tokenURL)' is no URL of a token service.", status: nil)
        }
        var form = "grant_type=client_credentials"
        var fields = [
            HTTPField("Content-Type", "application/x-www-form-urlencoded"),
            HTTPField("Accept", "application/json"),
        ]
        let id = SCIMRequest.formEncoded(client.id)
        let secret = SCIMRequest.formEncoded(client.secret)
        if tenant.outbound.sendsClientInHeader {
            let pair = Base64.text(Array("\(id):\(secret)".utf8))
            fields.append(HTTPField("Authorization", "Basic " + pair))
        } else {
            form += "&client_id=\(id)&client_secret=\(secret)"
        }
        let request = HTTPRequest(
            method: "POST", path: url.path, query: url.query, fields: fields,
            body: Array(form.utf8))
        let response = try send(request, to: url.whole).response
        return try read(response)
    }

    private func read(_ response: HTTPResponse) throws(TargetFailure) -> OAuthToken {
        guard response.status == 200,
            let members = (try? JSONValue(parsing: response.body))?.object,
            let text = members["access_token"]?.string, !text.isEmpty
        else {
            let excerpt = TargetFailure.excerpt(response.body)
            throw .noToken(
                "The token service answered with \(HTTPStatusName.text(response.status)) and no "
                    + "token: \(excerpt)", status: response.status)
        }
        let given = members["expires_in"]
        let seconds = given?.integer ?? given?.string.flatMap { Int64($0) }
        let bounded = min(max(seconds ?? Limits.tokenSeconds, 0), Limits.longestTokenSeconds)
        return OAuthToken(text: text, created: now, seconds: bounded)
    }
}

extension TargetFailure {
    /// No token could be had.
    static func noToken(_ message: String, status: Int?) -> TargetFailure {
        TargetFailure(
            .credentials, code: "SystemForCrossDomainIdentityManagementInvalidCredentials",
            message: message, status: status)
    }
}
