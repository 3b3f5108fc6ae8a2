// What the library refuses, as facts.

/// A key, certificate or signature that could not be made or read.
public struct CryptoError: Error, Sendable, Equatable {
    /// GnuTLS's code, which is negative.
    public let code: Int32
    /// GnuTLS's words for it.
    public let text: String
}
