// The scopes that a user's token is asked for.

/// Reads `scope` of a request for a user.
enum DelegatedScopes {
    /// Whether a scope is one of sign-in itself, which is about no resource.
    static func isOfOpenID(_ scope: some StringProtocol) -> Bool {
        ["openid", "profile", "email", "offline_access"].contains(String(scope))
    }

    /// The one resource, and its scopes: `https://graph.microsoft.com/User.Read` and `User.Read` alike
    /// are Graph's.
    ///
    /// - Throws: `TokenError.invalidScope` for scopes of several resources, or of none.
    static func read(
        _ asked: [String]
    ) throws(TokenError) -> (resource: String, scopes: [String]) {
        var resource: String?
        var scopes: [String] = []
        for scope in asked where !isOfOpenID(scope) {
            var name = GraphResource.audience
            var last = scope[...]
            if let slash = scope.lastIndex(of: "/") {
                name = String(scope[..<slash])
                last = scope[scope.index(after: slash)...]
            }
            guard !last.isEmpty, resource == nil || resource == name else {
                throw .invalidScope(asked.joined(separator: " "))
            }
            resource = name
            scopes.append(String(last))
        }
        guard let resource else { throw .invalidScope(asked.joined(separator: " ")) }
        return (resource, scopes)
    }
}
