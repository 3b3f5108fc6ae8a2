// What a listener shows to prove who it is.

/// A private key and the certificates that go with it.
public struct TLSIdentity: Sendable {
    /// The key, as PEM.
    public let keyPEM: [UInt8]
    /// The certificate, then those that lead to its authority, as PEM.
    public let certificatePEM: [UInt8]

    /// Joins a key and its certificates; whether they fit is for the caller to know.
    public init(keyPEM: [UInt8], certificatePEM: [UInt8]) {
        self.keyPEM = keyPEM
        self.certificatePEM = certificatePEM
    }
}
