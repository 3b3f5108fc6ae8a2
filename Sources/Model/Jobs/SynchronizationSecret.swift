// The credentials and settings of an application's synchronization.

/// One credential or setting of a service principal's synchronization.
public struct SynchronizationSecret: Sendable, Equatable {
    /// A member of the enumeration `synchronizationSecret`.
    public let key: String
    /// The value as it was written.
    public let value: String

    /// Makes a secret.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// Keys whose values are never told again.
    private static let sensitiveKeys: Set<String> = [
        "Password", "SecretToken", "AppKey", "ClientSecret", "ConsumerKey", "ConsumerSecret",
        "TokenKey", "Oauth2AccessToken", "Oauth2RefreshToken", "Oauth2ClientSecret",
        "Oauth2AuthorizationCode", "ConnectionString", "SyncAgentCompatibilityKey",
    ]

    /// The secret with `{baseURL}`, which seeds write for the emulator's own address, filled in.
    public func withBaseURL(_ baseURL: String) -> SynchronizationSecret {
        let placeholder = "{baseURL}"
        guard value.hasPrefix(placeholder) else { return self }
        return SynchronizationSecret(
            key: key, value: baseURL + value.dropFirst(placeholder.count))
    }

    /// The secret as it may be read: sensitive values are `*`.
    public var maskedJSON: JSONObject {
        let isSensitive = SynchronizationSecret.sensitiveKeys.contains(key)
        return JSONObject([("key", .string(key)), ("value", .string(isSensitive ? "*" : value))])
    }
}
