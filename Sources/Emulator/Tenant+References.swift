// Links between objects that callers add and remove: members and owners.

public import Model
import Storage

extension Tenant {
    /// Adds a member or an owner.
    ///
    /// - Throws: `DirectoryError.notFound` when either end is not there, `.referenceExists` when it
    ///   is there already, `.invalidReference` when an object of that kind has no place there.
    public func addReference(
        _ name: LinkName, to target: GUID, of kind: DirectoryKind, _ source: GUID,
        in transaction: inout Transaction
    ) throws {
        let database = transaction.database
        try Tenant.checkOwner(try database.require(kind, .id(source)), kind, name)
        let found = try database.require(target)
        guard Tenant.takes(name, kind, found.kind), source != target else {
            throw DirectoryError.invalidReference(property: Tenant.property(name))
        }
        guard try !database.links.contains(from: source, name, to: target) else {
            throw DirectoryError.referenceExists(property: Tenant.property(name))
        }
        try database.links.insert(from: source, name, to: target)
    }

    /// Removes a member or an owner.
    ///
    /// - Throws: `DirectoryError.notFound` when the object or the reference is not there.
    public func removeReference(
        _ name: LinkName, to target: GUID, of kind: DirectoryKind, _ source: GUID,
        in transaction: inout Transaction
    ) throws {
        let database = transaction.database
        try Tenant.checkOwner(try database.require(kind, .id(source)), kind, name)
        guard try database.links.delete(from: source, name, to: target) else {
            throw DirectoryError.notFound(target.description)
        }
    }

    /// Members of a group that comes from an on-premises directory are changed there.
    private static func checkOwner(
        _ object: DirectoryObject, _ kind: DirectoryKind, _ name: LinkName
    ) throws(DirectoryError) {
        if kind == .group, name == .member, object.json["onPremisesSyncEnabled"]?.bool == true {
            throw .synchronizedFromOnPremises
        }
    }

    /// Whether an object of one kind can be linked to one of another.
    private static func takes(
        _ name: LinkName, _ source: DirectoryKind, _ target: DirectoryKind
    ) -> Bool {
        switch name {
        case .member: source == .group && target != .application
        case .owner: target == .user || target == .servicePrincipal
        case .manager: source == .user && target == .user
        }
    }

    private static func property(_ name: LinkName) -> String {
        switch name {
        case .member: "members"
        case .owner: "owners"
        case .manager: "manager"
        }
    }
}
