// The token service's refusals, in its own words.

import Model

/// An error of the token service.
///
/// Shape on the wire: `{"error","error_description","error_codes","timestamp","trace_id",
/// "correlation_id","error_uri"}`, as captured logs of the service have it.
struct TokenError: Error, Equatable {
    let status: Int
    /// `error` (RFC 6749, section 5.2).
    let error: String
    /// The number after `AADSTS`.
    let code: Int64
    let text: String

    init(_ status: Int, _ error: String, _ code: Int64, _ text: String) {
        self.status = status
        self.error = error
        self.code = code
        self.text = text
    }
}

// MARK: The request

extension TokenError {
    static func missing(_ parameter: String) -> TokenError {
        TokenError(
            400, "invalid_request", 900144,
            "The request body must contain the following parameter: '\(parameter)'.")
    }

    static let malformed = TokenError(
        400, "invalid_request", 900_2313, "Invalid request. Request is malformed or invalid.")

    static func unsupportedGrant(_ grant: String) -> TokenError {
        TokenError(
            400, "unsupported_grant_type", 70003,
            "The app requested an unsupported grant type '\(grant)'.")
    }

    /// Differs from Entra: refresh tokens are neither given out nor taken.
    static let refreshToken = TokenError(
        400, "invalid_grant", 70000, "Provided grant is invalid or malformed.")

    static func unknownTenant(_ name: String) -> TokenError {
        TokenError(
            400, "invalid_tenant", 90002,
            "Tenant '\(name)' not found. Check to make sure you have the correct tenant ID and are "
                + "signing into the correct cloud. Check with your subscription administrator, this "
                + "may happen if there are no active subscriptions for the tenant.")
    }

    static func invalidTenant(_ name: String) -> TokenError {
        TokenError(
            400, "invalid_request", 900023,
            "Specified tenant identifier '\(name)' is neither a valid DNS name, nor a valid "
                + "external domain.")
    }

    static let notFound = TokenError(
        404, "invalid_request", 90034, "The address is none of the token service's.")
}

// MARK: Clients

extension TokenError {
    static func unknownApplication(_ id: String, directory: String) -> TokenError {
        TokenError(
            400, "unauthorized_client", 700016,
            "Application with identifier '\(id)' was not found in the directory '\(directory)'. "
                + "This can happen if the application has not been installed by the administrator "
                + "of the tenant or consented to by any user in the tenant. You may have sent your "
                + "authentication request to the wrong tenant.")
    }

    static func noServicePrincipal(_ id: String, tenant: String) -> TokenError {
        TokenError(
            401, "unauthorized_client", 7_000_229,
            "The client application '\(id)' is missing service principal in the tenant "
                + "'\(tenant)'.")
    }

    static func disabledApplication(_ id: String, name: String) -> TokenError {
        TokenError(
            401, "unauthorized_client", 7_000_112, "Application '\(id)'(\(name)) is disabled.")
    }

    static func wrongSecret(_ app: String) -> TokenError {
        TokenError(
            401, "invalid_client", 7_000_215,
            "Invalid client secret provided. Ensure the secret being sent in the request is the "
                + "client secret value, not the client secret ID, for a secret added to app "
                + "'\(app)'.")
    }

    static func expiredSecret(_ app: String) -> TokenError {
        TokenError(
            401, "invalid_client", 7_000_222,
            "The provided client secret keys for app '\(app)' are expired. Visit the Azure portal "
                + "to create new keys for your app: https://aka.ms/NewClientSecret, or consider "
                + "using certificate credentials for added security: https://aka.ms/certCreds.")
    }

    static let noCredential = TokenError(
        401, "invalid_client", 7_000_218,
        "The request body must contain the following parameter: 'client_assertion' or "
            + "'client_secret'.")

    static let malformedAssertion = TokenError(
        401, "invalid_client", 50027, "JWT token is invalid or malformed.")

    static func unknownAssertionKey(_ thumbprint: String) -> TokenError {
        TokenError(
            401, "invalid_client", 700027,
            "The certificate with identifier used to sign the client assertion is not registered "
                + "on application. [Reason - The key was not found., Thumbprint of key used by "
                + "client: '\(thumbprint)']")
    }

    static func assertionOutOfTime(now: String) -> TokenError {
        TokenError(
            401, "invalid_client", 700024,
            "Client assertion is not within its valid time range. Current time: \(now).")
    }

    static let assertionAudience = TokenError(
        401, "invalid_client", 700023,
        "Client assertion audience claim does not match Realm issuer.")
}

// MARK: Scopes and users

extension TokenError {
    static func invalidScope(_ scope: String) -> TokenError {
        TokenError(
            400, "invalid_scope", 70011,
            "The provided request must include a 'scope' input parameter. The provided value for "
                + "the input parameter 'scope' is not valid. The scope \(scope) is not valid.")
    }

    static func notDefaultScope(_ scope: String) -> TokenError {
        TokenError(
            400, "invalid_scope", 1_002_012,
            "The provided value for scope \(scope) is not valid. Client credential flows must have "
                + "a scope value with /.default suffixed to the resource identifier (application "
                + "ID URI).")
    }

    static func unknownResource(_ name: String, tenant: String) -> TokenError {
        TokenError(
            400, "invalid_resource", 500011,
            "The resource principal named \(name) was not found in the tenant named \(tenant). "
                + "This can happen if the application has not been installed by the administrator "
                + "of the tenant or consented to by any user in the tenant. You might have sent "
                + "your authentication request to the wrong tenant.")
    }

    static func unknownUser(tenant: String) -> TokenError {
        TokenError(
            400, "invalid_grant", 50034,
            "The user account {EUII Hidden} does not exist in the \(tenant) directory. To sign "
                + "into this application, the account must be added to the directory.")
    }

    static let wrongPassword = TokenError(
        400, "invalid_grant", 50126,
        "Error validating credentials due to invalid username or password.")

    static let disabledUser = TokenError(
        400, "invalid_grant", 50057, "The user account is disabled.")

    static let unavailable = TokenError(
        500, "server_error", 90033, "A transient error has occurred. Please try again.")
}
