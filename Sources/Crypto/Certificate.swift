// An X.509 certificate: read, asked, and handed out.

import CGnuTLS

/// A certificate.
///
/// A class, because it owns a handle of the library's.
public final class Certificate: @unchecked Sendable {
    // Guarded by: nothing writes to the handle after `init`, and the library reads it without
    // changing it.
    private let handle: gnutls_x509_crt_t

    /// Reads the first certificate of a PEM text.
    ///
    /// - Throws: `CryptoError` for what is no certificate.
    public convenience init(pem: [UInt8]) throws(CryptoError) {
        try self.init(pem, GNUTLS_X509_FMT_PEM)
    }

    /// Reads a certificate from DER.
    ///
    /// - Throws: `CryptoError` for what is no certificate.
    public convenience init(der: [UInt8]) throws(CryptoError) {
        try self.init(der, GNUTLS_X509_FMT_DER)
    }

    private convenience init(
        _ bytes: [UInt8], _ format: gnutls_x509_crt_fmt_t
    ) throws(CryptoError) {
        try self.init { handle throws(CryptoError) in
            try GnuTLS.lend(bytes) { gnutls_x509_crt_import(handle, $0, format) }
        }
    }

    /// Fills a new handle.
    init(_ fill: (gnutls_x509_crt_t) throws(CryptoError) -> Void) throws(CryptoError) {
        var made: gnutls_x509_crt_t?
        let code = gnutls_x509_crt_init(&made)
        guard let made else {
            throw CryptoError(code: code, text: String(cString: gnutls_strerror(code)))
        }
        handle = made
        // From here on `deinit` lets go of it, also when this throws.
        try fill(handle)
    }

    deinit {
        gnutls_x509_crt_deinit(handle)
    }

    /// The certificate as PEM.
    ///
    /// - Throws: `CryptoError` when the library can't write it.
    public func pem() throws(CryptoError) -> [UInt8] {
        try GnuTLS.take { gnutls_x509_crt_export2(handle, GNUTLS_X509_FMT_PEM, $0) }
    }

    /// The certificate as DER.
    ///
    /// - Throws: `CryptoError` when the library can't write it.
    public func der() throws(CryptoError) -> [UInt8] {
        try GnuTLS.take { gnutls_x509_crt_export2(handle, GNUTLS_X509_FMT_DER, $0) }
    }

    /// The SHA-256 of its public key, which the private key has too.
    ///
    /// - Throws: `CryptoError` when the library can't make it.
    public func keyID() throws(CryptoError) -> [UInt8] {
        try GnuTLS.keyID {
            gnutls_x509_crt_get_key_id(handle, GNUTLS_KEYID_USE_SHA256.rawValue, $0, $1)
        }
    }

    /// Whether it is for a host: a DNS name, or an IP address as text.
    public func covers(host: String) -> Bool {
        gnutls_x509_crt_check_hostname(handle, host) != 0
    }

    /// Whether another certificate's key signed it.
    public func isIssued(by authority: Certificate) -> Bool {
        gnutls_x509_crt_check_issuer(handle, authority.handle) != 0
    }

    /// The last second at which it holds, as seconds since 1970.
    public var expiration: Int64 { Int64(gnutls_x509_crt_get_expiration_time(handle)) }

    /// Runs a call that needs the handle.
    func call(_ call: (gnutls_x509_crt_t) -> Int32) -> Int32 { call(handle) }
}
