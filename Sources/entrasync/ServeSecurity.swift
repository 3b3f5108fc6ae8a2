// What the TLS listener shows, and whose word it is.

import HTTP
import Identity
import VirtualTime

/// The identity of the TLS listener and, if it is the emulator's own, its authority.
struct ServeSecurity {
    let identity: TLSIdentity
    /// The certificate that clients have to trust, as PEM; nil for a certificate of the user's own.
    let authorityPEM: [UInt8]?
}

extension ServeSettings {
    /// Reads the user's certificate, or the local authority's, which is made on first use.
    ///
    /// - Returns: nil where TLS is not asked for.
    /// - Throws: `Failure.usage` for files that can't be used; `IdentityError` for the key store.
    func makeSecurity() throws -> ServeSecurity? {
        if let certificate {
            guard let chain = InputFile.bytes(certificate.certificate) else {
                throw Failure.usage(
                    "'\(certificate.certificate)' can't be read; --cert takes a file.")
            }
            guard let key = InputFile.bytes(certificate.key) else {
                throw Failure.usage("'\(certificate.key)' can't be read; --key takes a file.")
            }
            do throws(IdentityError) {
                let identity = try TLSIdentity(certificate: chain, key: key)
                return ServeSecurity(identity: identity, authorityPEM: nil)
            } catch {
                guard case .key(let reason) = error else { throw error }
                throw Failure.usage("--cert and --key can't be used: \(reason).")
            }
        }
        guard wantsTLS else { return nil }
        let isWildcard = host == "0.0.0.0" || host == "::"
        let authority = try LocalAuthority(
            store: keys, hosts: isWildcard ? [] : [host], now: RealTime.now())
        return ServeSecurity(
            identity: authority.identity, authorityPEM: authority.certificatePEM)
    }
}
