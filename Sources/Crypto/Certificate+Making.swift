// Making certificates: a local authority, and leaves that it signs.

import CGnuTLS
import Glibc

extension Certificate {
    /// When a certificate holds, as seconds since 1970.
    public struct Validity: Sendable {
        /// The first second.
        public let from: Int64
        /// The last second.
        public let until: Int64

        /// Makes a validity.
        public init(from: Int64, until: Int64) {
            self.from = from
            self.until = until
        }
    }

    /// A certificate authority that signs itself (RFC 5280, section 4.2.1.9).
    ///
    /// - Throws: `CryptoError` when the library can't make it.
    public static func authority(
        named name: String, key: PrivateKey, validity: Validity
    ) throws(CryptoError) -> Certificate {
        let made = try Certificate { certificate throws(CryptoError) in
            try begin(certificate, named: name, key: key, validity: validity)
            try GnuTLS.check(gnutls_x509_crt_set_basic_constraints(certificate, 1, 0))
            try GnuTLS.check(
                gnutls_x509_crt_set_key_usage(
                    certificate, UInt32(GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN)))
            try key.withHandle {
                gnutls_x509_crt_sign2(certificate, certificate, $0, GNUTLS_DIG_SHA256, 0)
            }
        }
        // Read back: a handle that was written to does not answer all questions.
        return try Certificate(der: made.der())
    }

    /// Makes a server's certificate, signed by an authority.
    ///
    /// - Parameters:
    ///   - hosts: DNS names and IP addresses that it is for.
    ///   - key: the server's key.
    ///   - validity: when it holds.
    ///   - authority: who signs it.
    ///   - authorityKey: the authority's key.
    /// - Returns: the certificate.
    /// - Throws: `CryptoError` when the library can't make it.
    public static func leaf(
        for hosts: [String], key: PrivateKey, validity: Validity, authority: Certificate,
        authorityKey: PrivateKey
    ) throws(CryptoError) -> Certificate {
        let made = try Certificate { certificate throws(CryptoError) in
            try begin(
                certificate, named: hosts.first ?? "localhost", key: key, validity: validity)
            try GnuTLS.check(gnutls_x509_crt_set_basic_constraints(certificate, 0, -1))
            try GnuTLS.check(
                gnutls_x509_crt_set_key_usage(certificate, UInt32(GNUTLS_KEY_DIGITAL_SIGNATURE)))
            try GnuTLS.check(
                gnutls_x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0))
            let authorityID = try authority.subjectKeyID()
            try GnuTLS.check(
                gnutls_x509_crt_set_authority_key_id(
                    certificate, authorityID, authorityID.count))
            for host in hosts { try add(host, to: certificate) }
            var code: Int32 = 0
            try authorityKey.withHandle { key in
                code = authority.call {
                    gnutls_x509_crt_sign2(certificate, $0, key, GNUTLS_DIG_SHA256, 0)
                }
                return code
            }
        }
        return try Certificate(der: made.der())
    }

    private static func begin(
        _ certificate: gnutls_x509_crt_t, named name: String, key: PrivateKey, validity: Validity
    ) throws(CryptoError) {
        var serial = [UInt8](repeating: 0, count: 16)
        try GnuTLS.check(gnutls_rnd(GNUTLS_RND_NONCE, &serial, serial.count))
        // A serial number is positive and has no leading zeros (RFC 5280, section 4.1.2.2).
        serial[0] = serial[0] & 0x3F | 0x40
        try GnuTLS.check(gnutls_x509_crt_set_version(certificate, 3))
        try GnuTLS.check(gnutls_x509_crt_set_serial(certificate, serial, serial.count))
        try GnuTLS.check(
            gnutls_x509_crt_set_activation_time(certificate, time_t(validity.from)))
        try GnuTLS.check(
            gnutls_x509_crt_set_expiration_time(certificate, time_t(validity.until)))
        try GnuTLS.check(
            gnutls_x509_crt_set_dn_by_oid(
                certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, UInt32(name.utf8.count)))
        try key.withHandle { gnutls_x509_crt_set_key(certificate, $0) }
        let identifier = Array(try key.keyID().prefix(20))
        try GnuTLS.check(
            gnutls_x509_crt_set_subject_key_id(certificate, identifier, identifier.count))
    }

    private func subjectKeyID() throws(CryptoError) -> [UInt8] {
        try GnuTLS.keyID { bytes, size in
            call { gnutls_x509_crt_get_subject_key_id($0, bytes, size, nil) }
        }
    }

    /// Adds a host to those that a certificate is for: an address as bytes, a name as text.
    private static func add(
        _ host: String, to certificate: gnutls_x509_crt_t
    ) throws(CryptoError) {
        let append = UInt32(GNUTLS_FSAN_APPEND)
        var address = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, host, &address) == 1 {
            try GnuTLS.check(
                gnutls_x509_crt_set_subject_alt_name(
                    certificate, GNUTLS_SAN_IPADDRESS, address, 4, append))
        } else if inet_pton(AF_INET6, host, &address) == 1 {
            try GnuTLS.check(
                gnutls_x509_crt_set_subject_alt_name(
                    certificate, GNUTLS_SAN_IPADDRESS, address, 16, append))
        } else {
            try GnuTLS.check(
                gnutls_x509_crt_set_subject_alt_name(
                    certificate, GNUTLS_SAN_DNSNAME, host, UInt32(host.utf8.count), append))
        }
    }
}
