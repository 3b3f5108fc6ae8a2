// A public key: what signatures are checked with.

import CGnuTLS
import Locks

/// The public half of a key.
///
/// A class, because it owns a handle of the library's.
public final class PublicKey: @unchecked Sendable {
    // Guarded by: `lock`, which every call on the handle holds after `init`.
    private let key: gnutls_pubkey_t
    private let lock = Guarded(())

    /// How a signature was made.
    public enum Algorithm: String, Sendable {
        /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).
        case rs256 = "RS256"
        /// RSASSA-PSS with SHA-256 (RFC 7518, section 3.5).
        case ps256 = "PS256"
    }

    /// Reads the key of a certificate, DER.
    ///
    /// - Throws: `CryptoError` for what is no certificate.
    public convenience init(certificate der: [UInt8]) throws(CryptoError) {
        let certificate = try Certificate(der: der)
        try self.init { key in certificate.call { gnutls_pubkey_import_x509(key, $0, 0) } }
    }

    /// Reads a key as certificates carry it: `SubjectPublicKeyInfo`, DER.
    ///
    /// - Throws: `CryptoError` for what is no key.
    public convenience init(der: [UInt8]) throws(CryptoError) {
        try self.init { key in
            var code: Int32 = 0
            do throws(CryptoError) {
                try GnuTLS.lend(der) { gnutls_pubkey_import(key, $0, GNUTLS_X509_FMT_DER) }
            } catch { code = error.code }
            return code
        }
    }

    init(_ fill: (gnutls_pubkey_t) -> Int32) throws(CryptoError) {
        var made: gnutls_pubkey_t?
        let code = gnutls_pubkey_init(&made)
        guard let made else {
            throw CryptoError(code: code, text: String(cString: gnutls_strerror(code)))
        }
        key = made
        // From here on `deinit` lets go of it, also when this throws.
        try GnuTLS.check(fill(key))
    }

    deinit {
        gnutls_pubkey_deinit(key)
    }

    /// Whether a signature over bytes was made with the private half.
    public func verifies(
        _ signature: [UInt8], of bytes: [UInt8], _ algorithm: Algorithm = .rs256
    ) -> Bool {
        let scheme =
            switch algorithm {
            case .rs256: GNUTLS_SIGN_RSA_SHA256
            case .ps256: GNUTLS_SIGN_RSA_PSS_RSAE_SHA256
            }
        return lock.withLock { _ in
            var code: Int32 = -1
            do throws(CryptoError) {
                try GnuTLS.lend(bytes) { data in
                    do throws(CryptoError) {
                        try GnuTLS.lend(signature) {
                            gnutls_pubkey_verify_data2(key, scheme, 0, data, $0)
                        }
                        code = 0
                    } catch { code = error.code }
                    return code
                }
            } catch { code = error.code }
            return code >= 0
        }
    }

    /// An RSA key's modulus and exponent, without leading zeros (RFC 7518, section 6.3.1).
    ///
    /// - Throws: `CryptoError` for a key that is not RSA.
    public func numbers() throws(CryptoError) -> (modulus: [UInt8], exponent: [UInt8]) {
        try lock.withLock { _ throws(CryptoError) in
            var modulus = gnutls_datum_t(data: nil, size: 0)
            var exponent = gnutls_datum_t(data: nil, size: 0)
            try GnuTLS.check(gnutls_pubkey_export_rsa_raw(key, &modulus, &exponent))
            defer {
                cgnutls_free(modulus.data)
                cgnutls_free(exponent.data)
            }
            return (PublicKey.number(modulus), PublicKey.number(exponent))
        }
    }

    private static func number(_ datum: gnutls_datum_t) -> [UInt8] {
        Array(UnsafeBufferPointer(start: datum.data, count: Int(datum.size)).drop { $0 == 0 })
    }
}
