// A group of clauses.

/// A group of clauses that all have to be true; the portal calls it a scoping filter.
public struct ScopingGroup: Hashable, Sendable {
    /// The title of the scoping filter.
    public var name: String?
    /// The conditions.
    public var clauses: [ScopingClause]

    /// Makes a group.
    public init(name: String? = nil, clauses: [ScopingClause]) {
        self.name = name
        self.clauses = clauses
    }
}
