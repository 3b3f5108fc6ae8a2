// What a client proves itself with instead of a secret.

import Crypto
import Emulator
import Model

/// A JSON Web Token that a client signed with the key of one of its certificates (RFC 7523).
struct ClientAssertion {
    static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    private let token: AccessToken
    private let header: JSONObject

    /// Takes an assertion apart.
    ///
    /// - Throws: `TokenError.malformedAssertion`.
    init(_ text: String) throws(TokenError) {
        guard let token = AccessToken(parsing: text[...], number: 0),
            let head = Base64.bytes(text.prefix { $0 != "." }),
            let header = (try? JSONValue(parsing: head))?.object
        else { throw .malformedAssertion }
        self.token = token
        self.header = header
    }

    /// Whether it says what a client of this tenant has to say, signed with one of its keys.
    ///
    /// - Parameters:
    ///   - client: who it has to be about.
    ///   - audiences: texts of which its audience has to contain one: the tenant's identifiers.
    ///   - times: the clocks that count: the tenant's and the machine's, because clients write the time
    ///     of their own machine.
    /// - Throws: `TokenError`.
    func check(
        _ client: ClientApplication, audiences: [String], times: [Timestamp]
    ) throws(TokenError) {
        guard let algorithm = PublicKey.Algorithm(rawValue: token.algorithm),
            let issuer = token.claims["iss"]?.string, issuer == token.claims["sub"]?.string,
            GUID(parsing: issuer) == client.appID
        else { throw .malformedAssertion }
        let isSigned = client.keyCredentials.contains { credential in
            guard let bytes = credential["key"]?.string.flatMap({ Base64.bytes($0) }) else {
                return false
            }
            let key = (try? PublicKey(certificate: bytes)) ?? (try? PublicKey(der: bytes))
            return key?.verifies(token.signature, of: token.signedBytes, algorithm) == true
        }
        guard isSigned else { throw .unknownAssertionKey(thumbprint) }
        let audience = (token.claims["aud"]?.string ?? "").lowercased()
        guard audiences.contains(where: { audience.hasPart($0.lowercased()) }) else {
            throw .assertionAudience
        }
        guard times.contains(where: isValid) else {
            throw .assertionOutOfTime(now: times.first?.description ?? "")
        }
    }

    private func isValid(at instant: Timestamp) -> Bool {
        let now = instant.unixSeconds
        guard let expires = seconds("exp") else { return false }
        let begins = seconds("nbf") ?? now
        return begins - Limits.clockSkewSeconds <= now && now < expires + Limits.clockSkewSeconds
    }

    /// A claim's whole seconds; MSAL for Python writes fractions (`NumericDate`, RFC 7519).
    private func seconds(_ claim: String) -> Int64? {
        switch token.claims[claim] {
        case .integer(let number): number
        case .number(let number): Int64(exactly: number.rounded(.down))
        default: nil
        }
    }

    /// The thumbprint that the header names its key by, in hexadecimal.
    private var thumbprint: String {
        let text = header["x5t"]?.string ?? header["x5t#S256"]?.string ?? ""
        return (Base64.bytes(text) ?? []).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension String {
    /// Whether one of the parts between slashes is a text.
    fileprivate func hasPart(_ text: String) -> Bool {
        split(separator: "/").contains { $0 == text }
    }
}
