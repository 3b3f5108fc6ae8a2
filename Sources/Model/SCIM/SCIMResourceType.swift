// The two kinds of resources of the built-in target.

/// A kind of resource (RFC 7643, section 6).
public enum SCIMResourceType: Int64, Sendable, CaseIterable {
    case user = 0
    case group = 1

    /// The name, as `meta.resourceType` has it: `User`.
    public var name: String {
        switch self {
        case .user: "User"
        case .group: "Group"
        }
    }

    /// The path below the service's base: `/Users`.
    public var endpoint: String {
        switch self {
        case .user: "/Users"
        case .group: "/Groups"
        }
    }

    /// The URN of the core schema.
    public var schema: String { "urn:ietf:params:scim:schemas:core:2.0:" + name }

    /// The URN of the enterprise extension of users.
    public static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    /// The kind that a name means: `User`, `users`, or a URN that ends with it, as the object types of a
    /// synchronization schema do.
    public init?(named name: String) {
        let last = name.split(separator: ":").last.map(String.init) ?? ""
        let known = SCIMResourceType.allCases.first {
            last.isSameSCIMName(as: $0.name) || last.isSameSCIMName(as: $0.name + "s")
        }
        guard let known else { return nil }
        self = known
    }
}
