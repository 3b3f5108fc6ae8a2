// A bearer token as it arrived: taken apart, not yet believed.

import Crypto
import Locks
public import Model

/// A JSON Web Token in its compact form (RFC 7519) and the claims that Graph looks at.
///
/// A class, because all requests that carry it share what was found out about its signature.
public final class AccessToken: Sendable {
    /// Tells tokens apart for as long as the process runs.
    public let number: UInt64
    /// All claims.
    public let claims: JSONObject
    /// `tid`: the tenant that it is for.
    public let tenant: GUID?
    /// `oid`: the user or service principal.
    public let objectID: GUID?
    /// `appid`, or `azp`: the application.
    public let appID: GUID?
    /// `roles`: application permissions.
    public let roles: Set<String>
    /// `scp`: delegated permissions; nil for an application's own token.
    public let scopes: Set<String>?
    /// `wids`: the templates of the user's directory roles.
    public let directoryRoles: Set<String>

    let algorithm: String
    let signedBytes: [UInt8]
    let signature: [UInt8]
    private let hasGoodSignature = Guarded<Bool?>(nil)

    /// Takes a token apart; nil for what is none.
    init?(parsing text: Substring, number: UInt64) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Limits.tokenBytes, parts.count == 3,
            let header = AccessToken.object(parts[0]), let claims = AccessToken.object(parts[1]),
            let signature = Base64.bytes(parts[2])
        else { return nil }
        self.number = number
        self.claims = claims
        self.signature = signature
        algorithm = header["alg"]?.string ?? ""
        signedBytes = Array((parts[0] + "." + parts[1]).utf8)
        func guid(_ name: String) -> GUID? {
            claims[name]?.string.flatMap { GUID(parsing: $0) }
        }
        func texts(_ name: String) -> Set<String> {
            Set((claims[name]?.array ?? []).compactMap(\.string))
        }
        tenant = guid("tid")
        objectID = guid("oid")
        appID = guid("appid") ?? guid("azp")
        roles = texts("roles")
        directoryRoles = texts("wids")
        scopes = claims["scp"]?.string.map { Set($0.split(separator: " ").map(String.init)) }
    }

    private static func object(_ part: Substring) -> JSONObject? {
        Base64.bytes(part).flatMap { (try? JSONValue(parsing: $0))?.object }
    }

    /// Whether a key signed it; looked at once.
    func isSigned(by key: SigningKey) -> Bool {
        if let known = hasGoodSignature.withLock({ $0 }) { return known }
        let isGood = key.verifies(self)
        hasGoodSignature.withLock { $0 = isGood }
        return isGood
    }
}
