// The certificate authority of this emulator, and the certificate that it serves under.

import Crypto
public import HTTP
public import Model

/// A local authority and a leaf for this machine's names, made on first use and kept in the store.
///
/// Files: `ca.pem`, `ca-key.pem`, `server.pem`, `server-key.pem`.
public struct LocalAuthority: Sendable {
    /// The authority's certificate, which clients have to trust, as PEM.
    public let certificatePEM: [UInt8]
    /// What a listener shows.
    public let identity: TLSIdentity

    /// Reads or makes authority and leaf.
    ///
    /// - Parameters:
    ///   - store: where they are kept.
    ///   - hosts: names and addresses beside `localhost`, `127.0.0.1` and `::1`.
    ///   - now: the machine's time, which clients compare certificates with.
    /// - Throws: `IdentityError`.
    public init(
        store: KeyStore, hosts: [String], now: Timestamp
    ) throws(IdentityError) {
        do {
            let authority = try LocalAuthority.authority(store, now)
            let names = ["localhost", "127.0.0.1", "::1"]
            let wanted = names + hosts.filter { !names.contains($0) }
            let leaf = try LocalAuthority.leaf(store, wanted, authority, now)
            certificatePEM = try authority.certificate.pem()
            identity = TLSIdentity(
                keyPEM: try leaf.key.pem(),
                certificatePEM: try leaf.certificate.pem() + certificatePEM)
        } catch let error as IdentityError {
            throw error
        } catch {
            throw IdentityError.key(reason: "\((error as? CryptoError)?.text ?? "\(error)")")
        }
    }

    /// A certificate and its key.
    private struct Pair {
        let key: PrivateKey
        let certificate: Certificate
    }

    private static func authority(_ store: KeyStore, _ now: Timestamp) throws -> Pair {
        if let key = try store.load("ca-key.pem"), let certificate = try store.load("ca.pem") {
            return Pair(
                key: try PrivateKey(pem: key), certificate: try Certificate(pem: certificate))
        }
        let key = try PrivateKey(making: .p256)
        let certificate = try Certificate.authority(
            named: "entrasync local authority", key: key,
            validity: validity(from: now, seconds: Limits.authoritySeconds))
        try store.save("ca-key.pem", key.pem())
        try store.save("ca.pem", certificate.pem())
        return Pair(key: key, certificate: certificate)
    }

    /// The leaf that is kept, if it still fits; else a new one.
    private static func leaf(
        _ store: KeyStore, _ hosts: [String], _ authority: Pair, _ now: Timestamp
    ) throws -> Pair {
        if let key = try store.load("server-key.pem"),
            let certificate = try store.load("server.pem")
        {
            let known = Pair(
                key: try PrivateKey(pem: key), certificate: try Certificate(pem: certificate))
            let isFresh =
                known.certificate.expiration > now.unixSeconds + Limits.leafRenewalSeconds
            if isFresh, known.certificate.isIssued(by: authority.certificate),
                hosts.allSatisfy({ known.certificate.covers(host: $0) })
            {
                return known
            }
        }
        let key = try PrivateKey(making: .p256)
        let certificate = try Certificate.leaf(
            for: hosts, key: key, validity: validity(from: now, seconds: Limits.leafSeconds),
            authority: authority.certificate, authorityKey: authority.key)
        try store.save("server-key.pem", key.pem())
        try store.save("server.pem", certificate.pem())
        return Pair(key: key, certificate: certificate)
    }

    /// From a day ago, because the clocks of machines and containers differ.
    private static func validity(from now: Timestamp, seconds: Int64) -> Certificate.Validity {
        Certificate.Validity(from: now.unixSeconds - 86_400, until: now.unixSeconds + seconds)
    }
}

extension TLSIdentity {
    /// A certificate and key of the user's own.
    ///
    /// - Throws: `IdentityError.key` when one of them can't be read or they don't belong together.
    public init(certificate: [UInt8], key: [UInt8]) throws(IdentityError) {
        let read: Certificate
        do { read = try Certificate(pem: certificate) } catch {
            throw .key(reason: "the certificate is no PEM certificate (\(error.text))")
        }
        let privateKey: PrivateKey
        do { privateKey = try PrivateKey(pem: key) } catch {
            throw .key(reason: "the key is no PEM key without a password (\(error.text))")
        }
        do {
            guard try read.keyID() == privateKey.keyID() else {
                throw IdentityError.key(reason: "the key is not the certificate's")
            }
        } catch { throw .key(reason: "the key is not the certificate's") }
        self.init(keyPEM: key, certificatePEM: certificate)
    }
}
