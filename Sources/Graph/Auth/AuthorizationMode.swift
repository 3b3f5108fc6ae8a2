// How callers are checked.

/// What `--auth` chooses between.
public enum AuthorizationMode: String, Sendable, CaseIterable {
    /// Any token will do, also none.
    case off
    /// A token has to be signed, in time and for Graph; what it permits is not looked at.
    case token
    /// A token also has to permit the operation.
    case strict
}
