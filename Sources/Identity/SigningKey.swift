// The key that tokens are signed with, made when the first token is asked for.

import Crypto
import Locks
import Model

/// Signs and checks tokens with one RSA key (RS256).
///
/// A class, because it owns the key, which is made at most once: making it takes up to 100 ms, so the
/// start does without it.
public final class SigningKey: Sendable {
    private struct Pair: Sendable {
        let key: PrivateKey
        let publicKey: PublicKey
        let id: String
    }

    private static let fileName = "token-signing-key.pem"

    private let store: KeyStore
    private let pair = Guarded<Pair?>(nil)

    /// A key that is kept in a store.
    public init(store: KeyStore) { self.store = store }

    private func ready() throws(IdentityError) -> Pair {
        try pair.withLock { pair throws(IdentityError) in
            if let pair { return pair }
            let kept = try store.load(SigningKey.fileName)
            do throws(CryptoError) {
                let key =
                    if let kept { try PrivateKey(pem: kept) } else {
                        try PrivateKey(making: .rsa2048)
                    }
                let made = Pair(
                    key: key, publicKey: try key.publicKey(),
                    id: Base64.urlText(Digest.sha1(try key.keyID())))
                if kept == nil { try? store.save(SigningKey.fileName, key.pem()) }
                pair = made
                return made
            } catch { throw IdentityError.key(reason: error.text) }
        }
    }

    /// A signed token (RFC 7515, section 7.1).
    ///
    /// - Throws: `IdentityError` when there is no key.
    func sign(_ claims: JSONObject) throws(IdentityError) -> String {
        let pair = try ready()
        let header: JSONValue = [
            "typ": "JWT", "alg": "RS256", "x5t": .string(pair.id), "kid": .string(pair.id),
        ]
        let text =
            Base64.urlText(header.bytes) + "." + Base64.urlText(JSONValue.object(claims).bytes)
        do throws(CryptoError) {
            return text + "." + Base64.urlText(try pair.key.sign(Array(text.utf8)))
        } catch { throw IdentityError.key(reason: error.text) }
    }

    /// Whether this key signed a token.
    func verifies(_ token: AccessToken) -> Bool {
        guard token.algorithm == "RS256", let pair = try? ready() else { return false }
        return pair.publicKey.verifies(token.signature, of: token.signedBytes)
    }

    /// The public half as a JSON Web Key (RFC 7517).
    ///
    /// - Throws: `IdentityError` when there is no key.
    func webKey(issuer: String) throws(IdentityError) -> JSONValue {
        let pair = try ready()
        do throws(CryptoError) {
            let numbers = try pair.publicKey.numbers()
            return [
                "kty": "RSA", "use": "sig", "kid": .string(pair.id), "x5t": .string(pair.id),
                "n": .string(Base64.urlText(numbers.modulus)),
                "e": .string(Base64.urlText(numbers.exponent)), "alg": "RS256",
                "issuer": .string(issuer),
            ]
        } catch { throw IdentityError.key(reason: error.text) }
    }
}
