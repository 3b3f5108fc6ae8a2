// A mapping's scoping filter as plain values: sets of groups of clauses.

/// Which source objects a mapping is for.
///
/// Clauses of a group are joined by AND, groups of a set by OR. A set without groups, and a
/// group without clauses, lets everything pass.
///
/// ```json
/// {"groups": [{"name": "Sales", "clauses": [{"operatorName": "EQUALS",
///   "sourceOperandName": "department", "targetOperand": {"values": ["Sales"]}}]}],
///  "inputFilterGroups": [], "categoryFilterGroups": []}
/// ```
public struct ScopingFilter: Hashable, Sendable {
    /// Who is provisioned; an object that leaves it is deprovisioned.
    public var groups: [ScopingGroup]
    /// What is read at all; an object that leaves it is left alone.
    public var inputFilterGroups: [ScopingGroup]
    /// What belongs to this mapping and not to another.
    public var categoryFilterGroups: [ScopingGroup]

    /// Makes a filter.
    public init(
        groups: [ScopingGroup] = [], inputFilterGroups: [ScopingGroup] = [],
        categoryFilterGroups: [ScopingGroup] = []
    ) {
        self.groups = groups
        self.inputFilterGroups = inputFilterGroups
        self.categoryFilterGroups = categoryFilterGroups
    }

    /// The groups of a set.
    public func groups(of set: ScopingSet) -> [ScopingGroup] {
        switch set {
        case .groups: groups
        case .inputFilterGroups: inputFilterGroups
        case .categoryFilterGroups: categoryFilterGroups
        }
    }
}
