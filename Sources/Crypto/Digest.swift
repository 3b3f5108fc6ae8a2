// Fixed-length digests of bytes.

import CGnuTLS

/// The digests that thumbprints and signatures are made of.
public enum Digest {
    /// The SHA-256 of bytes.
    public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        digest(GNUTLS_DIG_SHA256, bytes, length: 32)
    }

    /// The SHA-1 of bytes, which certificates are named by (`x5t`, RFC 7515 section 4.1.7).
    public static func sha1(_ bytes: [UInt8]) -> [UInt8] {
        digest(GNUTLS_DIG_SHA1, bytes, length: 20)
    }

    private static func digest(
        _ algorithm: gnutls_digest_algorithm_t, _ bytes: [UInt8], length: Int
    ) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: length)
        _ = bytes.withUnsafeBytes { gnutls_hash_fast(algorithm, $0.baseAddress, $0.count, &output) }
        return output
    }
}
