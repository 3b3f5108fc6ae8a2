// The sets of groups a filter has.

/// The three sets of groups, named as in the schema.
public enum ScopingSet: String, CaseIterable, Hashable, Sendable {
    /// Which category of objects the mapping takes.
    case categoryFilterGroups
    /// Which objects are read.
    case inputFilterGroups
    /// Which objects are provisioned.
    case groups
}
