// Small texts of tokens and their answers.

import Crypto
import Model

/// What MSAL keeps accounts under, and what tells tokens apart.
enum ClientInformation {
    /// `client_info`: user and home tenant.
    static func text(user: GUID, tenant: GUID) -> String {
        let value: JSONValue = [
            "uid": .string(user.description), "utid": .string(tenant.description),
        ]
        return Base64.urlText(value.bytes)
    }

    /// `uti`: unique for each token.
    static func unique(_ seed: UInt64) -> String {
        Base64.urlText((0..<8).map { UInt8(truncatingIfNeeded: seed >> ($0 * 8)) })
    }
}
