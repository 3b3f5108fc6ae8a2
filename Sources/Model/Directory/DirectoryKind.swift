// The kinds of objects that the tenant's directory holds.

/// A kind of object of the tenant's directory.
public enum DirectoryKind: String, Sendable, CaseIterable {
    case user, group, application, servicePrincipal

    /// The type's name as the directory service itself spells it: `ServicePrincipal`.
    public var typeName: String {
        switch self {
        case .user: "User"
        case .group: "Group"
        case .application: "Application"
        case .servicePrincipal: "ServicePrincipal"
        }
    }
}

/// A directory object as its row holds it.
public struct StoredDirectoryObject: Sendable {
    /// What it is.
    public let kind: DirectoryKind
    /// The object.
    public let object: DirectoryObject
    /// When it was deleted; nil for an object that is in use.
    public let deleted: Timestamp?

    /// Makes one.
    public init(kind: DirectoryKind, object: DirectoryObject, deleted: Timestamp?) {
        self.kind = kind
        self.object = object
        self.deleted = deleted
    }
}

/// What a link from one object to another means.
public enum LinkName: String, Sendable {
    case member
    case manager
    case owner
}
