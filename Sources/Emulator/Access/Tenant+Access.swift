// Who may sign in to a tenant, and what they were granted.

public import Model
import Storage

/// An application as the token service knows it.
public struct ClientApplication: Sendable {
    /// The application's identifier.
    public let appID: GUID
    /// Its name.
    public let displayName: String
    /// Its service principal; nil when the tenant has none.
    public let servicePrincipal: GUID?
    /// Whether its service principal may sign in.
    public let isEnabled: Bool
    /// The certificates that its assertions may be signed with (`keyCredential`).
    public let keyCredentials: [JSONObject]
}

/// What came of a user's name and password.
public enum SignIn: Sendable {
    /// The user, and the templates of the user's directory roles.
    case user(DirectoryObject, roles: [GUID])
    case unknownUser
    case wrongPassword
    case disabled
}

extension Tenant {
    /// The tenant's name; nil when the seed has none.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func displayName() throws -> String? {
        try read { try $0.values.load(ValueName.displayName) }
    }

    /// The application that a client says it is; nil when the tenant does not know it.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func client(_ appID: GUID) throws -> ClientApplication? {
        try read { database in
            let application = try database.access.application(appID: appID)
            let principal = try database.servicePrincipals.load(appID: appID)
            guard let named = application ?? principal else { return nil }
            let keys = [application, principal].flatMap {
                ($0?.json["keyCredentials"]?.array ?? []).compactMap(\.object)
            }
            return ClientApplication(
                appID: appID, displayName: named.json["displayName"]?.string ?? "",
                servicePrincipal: principal?.id,
                isEnabled: principal?.json["accountEnabled"]?.bool != false,
                keyCredentials: keys)
        }
    }

    /// Whether a text is a secret that a seed gave an application.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func isSeededSecret(_ secret: String, ofApp appID: GUID) throws -> Bool {
        try read { try $0.access.isSecret(secret, app: appID) }
    }

    /// The service principal that tokens are asked for: by its application's identifier, or by one of
    /// its names.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func resource(named name: String) throws -> DirectoryObject? {
        let bare = name.hasPrefix("api://") ? String(name.dropFirst(6)) : name
        return try read { database in
            if let appID = GUID(parsing: bare) {
                return try database.servicePrincipals.load(appID: appID)
            }
            return try database.access.servicePrincipal(named: name)
        }
    }

    /// The values of the roles of a resource that a principal was granted, in order.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func grantedRoles(of principal: GUID, on resource: DirectoryObject) throws -> [String] {
        let granted = Set(try read { try $0.access.grants(of: principal, on: resource.id) })
        return (resource.json["appRoles"]?.array ?? []).compactMap { role in
            guard let role = role.object, let value = role["value"]?.string,
                let id = role["id"]?.string.flatMap({ GUID(parsing: $0) }), granted.contains(id)
            else { return nil }
            return value
        }
    }

    /// Checks a user's name and password.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func signIn(_ name: String, password: String) throws -> SignIn {
        try read { database in
            guard let user = try database.access.user(named: name) else { return .unknownUser }
            let known =
                try database.access.password(user: user.id)
                ?? database.values.load(ValueName.defaultPassword)
            guard known == password else { return .wrongPassword }
            guard user.json["accountEnabled"]?.bool != false else { return .disabled }
            return .user(user, roles: try database.access.roles(user: user.id))
        }
    }

    /// Whether a principal is, or owns, the service principal or application of a key, or the other
    /// half of it.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func isOwner(_ caller: GUID, of key: ServicePrincipalKey) throws -> Bool {
        try halves(of: key).contains { object in
            try read { try $0.access.isOwner(caller, of: object.id) }
        }
    }

    /// Makes a user or service principal an owner of objects; one that is not there owns nothing.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func makeOwner(_ owner: GUID, of objects: [GUID]) throws {
        try write { transaction in
            guard let found = try transaction.database.directory.load(id: owner),
                found.deleted == nil
            else { return }
            for object in objects { try transaction.database.access.addOwner(owner, of: object) }
        }
    }

    /// Whether an application is the one that a key names.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func isApplication(_ appID: GUID, _ key: ServicePrincipalKey) throws -> Bool {
        try halves(of: key).contains { $0.appID == appID }
    }

    /// The service principal and the application that a key means; none for what is not there.
    private func halves(of key: ServicePrincipalKey) throws -> [DirectoryObject] {
        try read { database in
            let appID: GUID?
            switch key {
            case .id(let id): appID = try database.servicePrincipals.load(id: id)?.appID
            case .appID(let id): appID = id
            case .applicationID(let id): appID = try database.applications.load(id: id)?.appID
            }
            guard let appID else { return [] }
            return [
                try database.servicePrincipals.load(appID: appID),
                try database.access.application(appID: appID),
            ].compactMap(\.self)
        }
    }
}
