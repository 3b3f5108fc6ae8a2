// Errors of callers who are not let in, or not let do.

import HTTP
import Identity

extension GraphError {
    /// What Graph says to a token that does not hold.
    ///
    /// Unverified: the words for a forged token, one of another tenant, and one that is not yet valid.
    static func invalidToken(_ problem: TokenProblem) -> GraphError {
        let message =
            switch problem {
            case .missing: "Access token is empty."
            case .malformed(let hasDots):
                hasDots
                    ? "CompactToken parsing failed with error code: 80049217"
                    : "IDX14100: JWT is not well formed, there are no dots (.).\nThe token needs "
                        + "to be in JWS or JWE Compact Serialization Format. (JWS): "
                        + "'EncodedHeader.EndcodedPayload.EncodedSignature'. (JWE): "
                        + "'EncodedProtectedHeader.EncodedEncryptedKey."
                        + "EncodedInitializationVector.EncodedCiphertext."
                        + "EncodedAuthenticationTag'."
            case .badSignature: "Access token validation failure. Signature is invalid."
            case .expired: "Lifetime validation failed, the token is expired."
            case .notYetValid: "Lifetime validation failed, the token is not yet valid."
            case .wrongAudience: "Access token validation failure. Invalid audience."
            case .wrongTenant: "Access token validation failure. Invalid issuer."
            }
        return GraphError(
            401, "InvalidAuthenticationToken", message,
            fields: [
                HTTPField(
                    "WWW-Authenticate",
                    "Bearer realm=\"\", authorization_uri="
                        + "\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                        + "client_id=\"00000003-0000-0000-c000-000000000000\"")
            ])
    }

    /// The synchronization service's answer to a caller without permission or role.
    static let synchronizationDenied = GraphError(401, "UnknownError", "")

    /// Everybody else's answer to a caller without permission or role.
    ///
    /// Unverified: the code of an upload's 403; its status is documented.
    static let denied = GraphError(
        403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
}
