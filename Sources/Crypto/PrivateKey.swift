// A private key: made, kept as PEM, and signed with.

import CGnuTLS
import Locks

/// An RSA or elliptic private key.
///
/// A class, because it owns two handles of the library's.
public final class PrivateKey: @unchecked Sendable {
    // Guarded by: `lock`, which every call on the handles holds after `init`.
    private let key: gnutls_x509_privkey_t
    private let signer: gnutls_privkey_t
    private let lock = Guarded(())

    /// What kind of key to make.
    public enum Kind: Sendable {
        /// RSA of 2048 bits, for RS256; making one takes up to 100 ms.
        case rsa2048
        /// The curve P-256, for certificates; making one takes a fraction of a millisecond.
        case p256
    }

    /// Makes a new key.
    ///
    /// - Throws: `CryptoError` when the library has no randomness.
    public convenience init(making kind: Kind) throws(CryptoError) {
        try self.init { key in
            switch kind {
            case .rsa2048: gnutls_x509_privkey_generate(key, GNUTLS_PK_RSA, 2048, 0)
            case .p256:
                // What the macro GNUTLS_CURVE_TO_BITS says.
                gnutls_x509_privkey_generate(
                    key, GNUTLS_PK_ECDSA,
                    UInt32(1) << 31 | UInt32(GNUTLS_ECC_CURVE_SECP256R1.rawValue), 0)
            }
        }
    }

    /// Reads a key from PEM: PKCS #1, PKCS #8 or SEC 1, not encrypted.
    ///
    /// - Throws: `CryptoError` for what is no such key.
    public convenience init(pem: [UInt8]) throws(CryptoError) {
        try self.init { key in
            var code: Int32 = 0
            do throws(CryptoError) {
                try GnuTLS.lend(pem) {
                    gnutls_x509_privkey_import2(key, $0, GNUTLS_X509_FMT_PEM, nil, 0)
                }
            } catch { code = error.code }
            return code
        }
    }

    private init(_ fill: (gnutls_x509_privkey_t) -> Int32) throws(CryptoError) {
        var made: gnutls_x509_privkey_t?
        var signing: gnutls_privkey_t?
        try GnuTLS.check(gnutls_x509_privkey_init(&made))
        let code = gnutls_privkey_init(&signing)
        guard let made, let signing else {
            throw CryptoError(code: code, text: String(cString: gnutls_strerror(code)))
        }
        key = made
        signer = signing
        // From here on `deinit` lets go of both, also when this throws.
        try GnuTLS.check(fill(key))
        try GnuTLS.check(gnutls_privkey_import_x509(signer, key, 0))
    }

    deinit {
        gnutls_privkey_deinit(signer)
        gnutls_x509_privkey_deinit(key)
    }

    /// The key as PEM.
    ///
    /// - Throws: `CryptoError` when the library can't write it.
    public func pem() throws(CryptoError) -> [UInt8] {
        try lock.withLock { _ throws(CryptoError) in
            try GnuTLS.take { gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, $0) }
        }
    }

    /// A signature over bytes: RSASSA-PKCS1-v1_5 with SHA-256, which JWS calls RS256.
    ///
    /// - Throws: `CryptoError` for a key that is not RSA.
    public func sign(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
        try lock.withLock { _ throws(CryptoError) in
            var signature = gnutls_datum_t(data: nil, size: 0)
            try GnuTLS.lend(bytes) {
                gnutls_privkey_sign_data2(signer, GNUTLS_SIGN_RSA_SHA256, 0, $0, &signature)
            }
            defer { cgnutls_free(signature.data) }
            return Array(UnsafeBufferPointer(start: signature.data, count: Int(signature.size)))
        }
    }

    /// The public half.
    ///
    /// - Throws: `CryptoError` when the library can't make it.
    public func publicKey() throws(CryptoError) -> PublicKey {
        try lock.withLock { _ throws(CryptoError) in
            try PublicKey { gnutls_pubkey_import_privkey($0, signer, 0, 0) }
        }
    }

    /// The SHA-256 of the public half, which a certificate of the key has too.
    ///
    /// - Throws: `CryptoError` when the library can't make it.
    public func keyID() throws(CryptoError) -> [UInt8] {
        try lock.withLock { _ throws(CryptoError) in
            try GnuTLS.keyID {
                gnutls_x509_privkey_get_key_id(
                    key, GNUTLS_KEYID_USE_SHA256.rawValue, $0, $1)
            }
        }
    }

    /// Runs a call that needs the handle.
    func withHandle(_ call: (gnutls_x509_privkey_t) -> Int32) throws(CryptoError) {
        try lock.withLock { _ throws(CryptoError) in try GnuTLS.check(call(key)) }
    }
}
