// Reading the tenant's directory.

public import Model
import Storage

/// How a caller names a service principal.
public enum ServicePrincipalKey: Sendable, Equatable {
    /// By its own identifier.
    case id(GUID)
    /// By its application's `appId`.
    case appID(GUID)
    /// By the object identifier of its application.
    case applicationID(GUID)
}

extension Tenant {
    /// The service principal that a key names.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`, or `.applicationNotFound` for a key by an
    ///   application's identifier.
    public func servicePrincipal(_ key: ServicePrincipalKey) throws -> DirectoryObject {
        try read { database in try Tenant.servicePrincipal(key, in: database) }
    }

    static func servicePrincipal(
        _ key: ServicePrincipalKey, in database: Database
    ) throws -> DirectoryObject {
        switch key {
        case .id(let id):
            guard let found = try database.servicePrincipals.load(id: id) else {
                throw EmulatorError.servicePrincipalNotFound(id.description)
            }
            return found
        case .appID(let appID):
            guard let found = try database.servicePrincipals.load(appID: appID) else {
                throw EmulatorError.servicePrincipalNotFound(appID.description)
            }
            return found
        case .applicationID(let id):
            guard let application = try database.applications.load(id: id),
                let appID = application.appID,
                let found = try database.servicePrincipals.load(appID: appID)
            else { throw EmulatorError.applicationNotFound(id.description) }
            return found
        }
    }

    /// The domain that expressions know as the tenant's; nil when the seed names none.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func defaultDomain() throws -> String? {
        try read { try $0.values.load(ValueName.defaultDomain) }
    }

    /// How much of everything the tenant holds.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func counts() throws -> TenantCounts {
        try read { database in
            TenantCounts(
                displayName: try database.values.load(ValueName.displayName),
                objects: [
                    ("users", try database.users.count()),
                    ("groups", try database.groups.count()),
                    ("applications", try database.applications.count()),
                    ("servicePrincipals", try database.servicePrincipals.count()),
                    ("jobs", Int64(try database.jobs.list().count)),
                ])
        }
    }
}

/// How much of everything a tenant holds.
public struct TenantCounts: Sendable {
    /// The tenant's name.
    public let displayName: String?
    /// The kinds of objects and how many there are.
    public let objects: [(name: String, count: Int64)]
}
