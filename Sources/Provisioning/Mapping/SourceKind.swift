// What kind of directory a job reads, where that changes how its mappings work.

/// The kind of a rule's source.
public enum SourceKind: Sendable, Equatable {
    /// The tenant's own users and groups.
    case tenant
    /// Workers of a system of human resources.
    case workers
    /// An on-premises Active Directory, read by cloud sync.
    case onPremises
    /// Records of the bulk upload API, or anything else.
    case other

    /// The kind that a directory's name in the schema tells.
    public init(directory name: String) {
        switch name {
        case "Microsoft Entra ID", "Azure Active Directory": self = .tenant
        case "Workday", "SuccessFactors": self = .workers
        case "Active Directory": self = .onPremises
        default: self = .other
        }
    }
}
