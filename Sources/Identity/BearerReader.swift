// What stands in the Authorization header, and whether it holds.

public import HTTP
import Locks
public import Model

/// What a request brings to say who calls.
public enum Bearer: Sendable {
    /// No `Authorization`, or nothing after `Bearer`.
    case none
    /// Something that is no token.
    case malformed(hasDots: Bool)
    /// A token, which may still be forged or expired.
    case token(AccessToken)

    /// The token, if there is one.
    public var token: AccessToken? {
        if case .token(let token) = self { token } else { nil }
    }
}

/// Why a token is not taken.
public enum TokenProblem: Error, Sendable, Equatable {
    case missing
    case malformed(hasDots: Bool)
    case badSignature
    case expired
    case notYetValid
    case wrongAudience
    case wrongTenant
}

/// Reads bearer tokens and remembers them, because clients send the same one again and again.
///
/// A class, because all requests share what it remembers.
public final class BearerReader: Sendable {
    private struct Memory: Sendable {
        var tokens: [String: AccessToken] = [:]
        var count: UInt64 = 0
    }

    private let key: SigningKey
    private let memory = Guarded(Memory())

    /// A reader of tokens that a key signs.
    public init(key: SigningKey) { self.key = key }

    /// What a request brings.
    public func bearer(of request: HTTPRequest) -> Bearer {
        guard let field = request.value(of: "Authorization") else { return .none }
        if let known = memory.withLock({ $0.tokens[field] }) { return .token(known) }
        guard field.utf8.count >= 7, field.prefix(7).lowercased() == "bearer " else {
            return field.lowercased() == "bearer" ? .none : .malformed(hasDots: true)
        }
        let text = field.dropFirst(7).drop { $0 == " " }
        guard !text.isEmpty else { return .none }
        guard text.utf8.contains(UInt8(ascii: ".")) else { return .malformed(hasDots: false) }
        return memory.withLock { memory in
            memory.count += 1
            guard let token = AccessToken(parsing: text, number: memory.count) else {
                return .malformed(hasDots: true)
            }
            if memory.tokens.count >= Limits.rememberedTokens { memory.tokens = [:] }
            memory.tokens[field] = token
            return .token(token)
        }
    }

    /// The token of a caller, if it is signed, in time, for Graph, and for the tenant.
    ///
    /// - Throws: `TokenProblem`.
    public func check(
        _ bearer: Bearer, tenant: GUID, now: Timestamp
    ) throws(TokenProblem) -> AccessToken {
        switch bearer {
        case .none: throw .missing
        case .malformed(let hasDots): throw .malformed(hasDots: hasDots)
        case .token(let token):
            guard token.isSigned(by: key) else { throw .badSignature }
            guard GraphResource.isAudience(token.claims["aud"]?.string ?? "") else {
                throw .wrongAudience
            }
            guard let expires = token.claims["exp"]?.integer, now.unixSeconds < expires else {
                throw .expired
            }
            // A clock that was set back may stand a little before the token's beginning.
            if let begins = token.claims["nbf"]?.integer,
                now.unixSeconds < begins - Limits.clockSkewSeconds
            {
                throw .notYetValid
            }
            guard token.tenant == tenant else { throw .wrongTenant }
            return token
        }
    }
}
