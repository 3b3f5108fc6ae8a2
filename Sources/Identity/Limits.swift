// Every limit of this target, by name.

/// Fixed limits of tokens and keys.
enum Limits {
    /// The longest file of a key or certificate.
    static let keyFileBytes = 64 << 10
    /// The longest token that is looked into.
    static let tokenBytes = 16 << 10
    /// Tokens that are remembered as read and checked.
    static let rememberedTokens = 512
    /// How long a token holds, in seconds of the tenant's clock, as `expires_in` says.
    static let tokenSeconds: Int64 = 3599
    /// How far apart the clocks of caller and service may be, in seconds.
    static let clockSkewSeconds: Int64 = 300
    /// How long the local authority holds, in seconds: ten years.
    static let authoritySeconds: Int64 = 3650 * 86_400
    /// How long a leaf holds, in seconds: what Apple's systems take at most.
    static let leafSeconds: Int64 = 820 * 86_400
    /// A leaf that ends within this time is made anew at the start, in seconds.
    static let leafRenewalSeconds: Int64 = 30 * 86_400
}
