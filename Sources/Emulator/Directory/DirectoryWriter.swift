// Who writes to the tenant's directory.

/// Who asks for a change of the directory: what is refused to one is the other's business.
public enum DirectoryWriter: Sendable, Equatable {
    /// Somebody who calls the API: held to every rule.
    case caller
    /// A caller of `--lenient`: members that the metadata lacks are left out instead of refused.
    case lenientCaller
    /// A synchronization job: writes what only the service writes, and needs no password.
    case synchronization

    var isCaller: Bool { self != .synchronization }
}
