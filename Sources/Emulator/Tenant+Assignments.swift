// Commands on app role assignments: who may use which application, and as what.

public import Model
import Storage
import VirtualTime

/// An assignment as it is made: who gets which role of what.
public struct AppRoleGrant: Sendable, Equatable {
    /// The assignment's identifier.
    public var id = GUID.zero
    /// The user, group or service principal that is assigned.
    public let principal: GUID
    /// The service principal that it is assigned to.
    public let resource: GUID
    /// The role; all zeros for the default access.
    public let role: GUID

    /// Makes a grant that has no identifier yet.
    public init(principal: GUID, resource: GUID, role: GUID) {
        self.principal = principal
        self.resource = resource
        self.role = role
    }

    /// What the assignment is called on the wire.
    public var key: AppRoleAssignmentKey { AppRoleAssignmentKey(principal: principal, id: id) }
}

extension Tenant {
    /// Assigns a role.
    ///
    /// - Returns: the service's JSON of the assignment.
    /// - Throws: as `assign(_:in:)`.
    public func assign(_ grant: AppRoleGrant) throws -> JSONObject {
        try write { try assign(grant, in: &$0) }
    }

    /// Assigns a role of a service principal to a user, a group or another service principal.
    ///
    /// - Throws: `DirectoryError.notFound` when an end is not there, `.roleNotFound` for a role that
    ///   the resource does not offer to such a principal, `.assignmentExists`.
    public func assign(
        _ grant: AppRoleGrant, in transaction: inout Transaction
    ) throws -> JSONObject {
        let database = transaction.database
        let resource = try database.require(.servicePrincipal, .id(grant.resource))
        let principal = try database.require(grant.principal)
        guard principal.kind != .application else { throw DirectoryError.invalidAssignment }
        try Tenant.checkRole(grant.role, of: resource, for: principal.kind)
        guard
            try !database.assignments.contains(
                principal: grant.principal, resource: grant.resource, role: grant.role)
        else { throw DirectoryError.assignmentExists }
        var made = grant
        made.id = transaction.ids.next()
        try database.assignments.insert(
            id: made.id, principal: made.principal, resource: made.resource, role: made.role,
            created: transaction.now)
        return JSONObject([
            ("id", .string(made.key.description)), ("deletedDateTime", .null),
            ("appRoleId", .string(made.role.description)),
            ("createdDateTime", .string(transaction.now.description)),
            ("principalDisplayName", principal.object.json["displayName"] ?? .null),
            ("principalId", .string(made.principal.description)),
            ("principalType", .string(principal.kind.typeName)),
            ("resourceDisplayName", resource.json["displayName"] ?? .null),
            ("resourceId", .string(made.resource.description)),
        ])
    }

    /// Takes an assignment back.
    ///
    /// - Parameters:
    ///   - key: the assignment.
    ///   - kind: what the path begins with.
    ///   - object: its principal or its resource, whichever the path names.
    /// - Throws: `DirectoryError.notFound`, `.assignmentNotFound`.
    public func unassign(
        _ key: AppRoleAssignmentKey, of kind: DirectoryKind, _ object: DirectoryKey
    ) throws {
        try write { transaction in
            let owner = try transaction.database.require(kind, object)
            guard try transaction.database.assignments.delete(id: key.id, of: owner.id) else {
                throw DirectoryError.assignmentNotFound
            }
        }
    }

    /// All zeros stand for the default access of an application that declares no roles.
    private static func checkRole(
        _ role: GUID, of resource: DirectoryObject, for kind: DirectoryKind
    ) throws(DirectoryError) {
        let roles = (resource.json["appRoles"]?.array ?? []).compactMap(\.object)
            .filter { $0["isEnabled"]?.bool != false }
        if role == .zero, roles.isEmpty { return }
        let wanted = kind == .servicePrincipal ? "Application" : "User"
        let isOffered = roles.contains { offered in
            offered["id"]?.string.flatMap { GUID(parsing: $0) } == role
                && (offered["allowedMemberTypes"]?.array ?? []).contains(.string(wanted))
        }
        guard isOffered else { throw DirectoryError.roleNotFound }
    }
}
