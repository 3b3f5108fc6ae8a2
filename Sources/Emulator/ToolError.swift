// What the tester's tools refuse, as facts; the control API gives them words.

/// Why a tool of the tester's did nothing.
public enum ToolError: Error, Sendable, Equatable {
    /// A fault rule has a member that can't be used, and what is expected of it.
    case invalidFault(member: String, expected: String)
    /// The tenant has no fault rule of this identifier.
    case faultNotFound(String)
    /// The tenant has as many fault rules as it can have.
    case tooManyFaults(limit: Int)
    /// An assertion has a member that can't be used, and what is expected of it.
    case invalidAssertion(member: String, expected: String)
    /// The tenant has no snapshot of this name.
    case snapshotNotFound(String)
    /// A snapshot's name is not one that a file can have.
    case invalidSnapshotName(String)
    /// The tenant has as many snapshots as it can have.
    case tooManySnapshots(limit: Int)
    /// A snapshot can't be written or read.
    case snapshot(path: String, reason: String)
    /// No application of the tenant has a directory of this name.
    case directoryNotFound(String)
    /// More than one application has a directory of this name.
    case ambiguousDirectory(String, servicePrincipals: [String])
    /// A directory has no such object.
    case objectNotFound(String)
    /// A directory has an object of this anchor already.
    case objectExists(String)
    /// An object has no text under its anchor's name.
    case anchorMissing(String)
}
