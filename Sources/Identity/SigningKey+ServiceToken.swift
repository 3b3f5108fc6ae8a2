// The token with which the provisioning service itself calls a target.

public import Model

extension SigningKey {
    /// The application template of non-gallery applications, which such tokens are meant for.
    private static let audience = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"

    /// A token of the service's own, for a job that has none; nil when there is no key to sign with.
    ///
    /// Shape: `{"aud":"8adf8e6e-…","iss":"https://sts.windows.net/{tenant}/","iat","nbf","exp","tid",
    /// "ver":"1.0"}`. The emulator's own key signs it; its `/discovery/v2.0/keys` shows the public half.
    ///
    /// Unverified: the claims beside `iss` and `aud`.
    ///
    /// Follows "Tutorial: develop and plan provisioning for a SCIM endpoint", section "Authorization".
    public func serviceToken(tenant: GUID, now: Timestamp) -> String? {
        let seconds = now.unixSeconds
        let claims = JSONObject([
            ("aud", .string(SigningKey.audience)),
            ("iss", .string("https://sts.windows.net/\(tenant)/")),
            ("iat", .integer(seconds)), ("nbf", .integer(seconds)),
            ("exp", .integer(seconds + Limits.tokenSeconds)),
            ("tid", .string(tenant.description)), ("ver", "1.0"),
        ])
        return try? sign(claims)
    }
}
