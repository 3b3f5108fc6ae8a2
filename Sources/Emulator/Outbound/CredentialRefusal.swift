// Whether credentials work: the target is really asked.

public import Model
import HTTP
import Provisioning

/// Why credentials were not accepted, in the service's words.
public struct CredentialRefusal: Error, Sendable, Equatable {
    /// The error's code.
    public let code: String
    /// The error's message.
    public let message: String

    private static let prefix = "SystemForCrossDomainIdentityManagementCredentialValidation"

    static func unavailable(_ message: String) -> CredentialRefusal {
        CredentialRefusal(code: prefix + "Unavailable", message: message)
    }

    static func failure(_ message: String) -> CredentialRefusal {
        CredentialRefusal(code: prefix + "Failure", message: message)
    }
}

extension Tenant {
    /// Asks the target that credentials describe for an object that it has not.
    ///
    /// Waits for a network; not to be called on a thread that answers requests.
    ///
    /// Differs from Entra: credentials of connectors other than SCIM are taken without a check.
    ///
    /// - Parameters:
    ///   - secrets: the credentials.
    ///   - job: the job's identifier, for the journal; nil before there is a job.
    ///   - schema: the job's or the template's schema.
    /// - Throws: `CredentialRefusal`.
    public func checkCredentials(
        _ secrets: [SynchronizationSecret], job: String?, schema: SynchronizationSchema?
    ) throws(CredentialRefusal) {
        guard !Tenant.isOtherConnector(secrets, schema) else { return }
        let directory: SCIMDirectory
        do throws(TargetFailure) {
            directory = try makeTarget(with: secrets, job: job, schema: schema)
        } catch { throw .unavailable(error.message) }
        let request = directory.probeRequest
        let url = directory.address.base + request.target
        let answer: SCIMAnswer
        do throws(TargetFailure) { answer = try directory.send(request) } catch {
            throw .unavailable(
                "We received this unexpected response from your application: " + error.message)
        }
        do throws(TargetFailure) { try answer.checkProbe() } catch {
            let text = Tenant.text(answer, url, directory.door.lastFields)
            let isRejection =
                (400..<500).contains(answer.status)
                && ![401, 403, 404, 408, 429].contains(answer.status)
            throw isRejection ? .failure(text) : .unavailable(text)
        }
    }

    private static func text(_ answer: SCIMAnswer, _ url: String, _ fields: [HTTPField]) -> String {
        let headers = fields.map { $0.name + ": " + $0.value }.joined(separator: "\r\n")
        return "We received this unexpected response from your application: Received response from "
            + "Web resource. Resource: \(url) Operation: GET Response Status Code: "
            + HTTPStatusName.text(answer.status) + " Response Headers: \(headers) "
            + "Response Content: " + TargetFailure.excerpt(answer.body)
    }

    /// Whether the credentials are not those of a SCIM endpoint: a policy between tenants, a user of an
    /// application's own interface, or a source that people come from.
    private static func isOtherConnector(
        _ secrets: [SynchronizationSecret], _ schema: SynchronizationSchema?
    ) -> Bool {
        let values = Dictionary(secrets.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        if values["AuthenticationType"] == "SyncPolicy" { return true }
        if values["BaseAddress"] == nil, values["UserName"] != nil { return true }
        let rules = (schema?.json["synchronizationRules"]?.array ?? []).compactMap(\.object)
        let isInbound = rules.contains { rule in
            let target = rule["targetDirectoryName"]?.string ?? ""
            return ["Microsoft Entra ID", "Azure Active Directory"].contains(target)
        }
        return isInbound && !values.isEmpty
    }

    /// Gets a token with the credentials of an OAuth client and keeps it among the secrets.
    ///
    /// Given credentials win over saved ones. Waits for a network.
    ///
    /// Unverified: the secrets that a token is kept in, and their forms.
    ///
    /// - Throws: `CredentialRefusal`, also without the credentials of a client; `EmulatorError`.
    public func acquireToken(
        with given: [SynchronizationSecret], of key: ServicePrincipalKey
    ) throws {
        let saved = try secrets(of: key)
        let filled = (saved + given).map { $0.withBaseURL(ownBaseURL) }
        let values = Dictionary(
            filled.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        guard let client = OAuthClient(values) else {
            throw CredentialRefusal.unavailable(
                "Please provide Oauth2TokenExchangeUri, Oauth2ClientId and Oauth2ClientSecret.")
        }
        tokens.keep(nil, of: client)
        let token: OAuthToken
        do throws(TargetFailure) {
            token = try OutboundDoor(tenant: self, jobID: nil).token(of: client)
        } catch { throw CredentialRefusal.unavailable(error.message) }
        try saveSecrets(
            [
                SynchronizationSecret(key: "Oauth2AccessToken", value: token.text),
                SynchronizationSecret(
                    key: "Oauth2AccessTokenCreationTime", value: token.created.description),
                SynchronizationSecret(key: "TokenExpiration", value: String(token.seconds)),
            ], of: key)
    }
}
