// Commands on users.

public import Model
import Storage
import VirtualTime

extension Tenant {
    /// Makes a user in a transaction of its own.
    ///
    /// - Throws: as `createUser(_:manager:as:in:)`.
    public func createUser(
        _ json: JSONObject, manager: GUID? = nil, as writer: DirectoryWriter = .caller
    ) throws -> DirectoryObject {
        try write { transaction in
            try createUser(json, manager: manager, as: writer, in: &transaction)
        }
    }

    /// Makes a user.
    ///
    /// - Parameters:
    ///   - json: the service's JSON of a user; a `passwordProfile` is checked and forgotten.
    ///   - manager: the user or contact that manages it.
    ///   - writer: who asks for it.
    ///   - transaction: where it happens.
    /// - Returns: the user as it is stored.
    /// - Throws: `BodyError` for what does not fit the metadata, `DirectoryError` for what the
    ///   directory refuses.
    public func createUser(
        _ json: JSONObject, manager: GUID? = nil, as writer: DirectoryWriter = .caller,
        in transaction: inout Transaction
    ) throws -> DirectoryObject {
        let body = body(.user, writer)
        var members = try body.checked(json, in: transaction.database)
        try body.require(
            ["accountEnabled", "displayName", "mailNickname", "userPrincipalName"], in: members)
        if writer.isCaller {
            try body.require(["passwordProfile"], in: members)
            guard members["passwordProfile"]?.object?["password"]?.string != nil else {
                throw DirectoryError.valueRequired(property: "password", resource: "User")
            }
        }
        let id = transaction.ids.next()
        try checkUser(members, id: id, in: transaction.database)
        members["passwordProfile"] = nil
        members["id"] = nil
        members.prepend("id", .string(id.description))
        if members["businessPhones"] == nil { members["businessPhones"] = [] }
        if members["userType"] == nil { members["userType"] = "Member" }
        members["createdDateTime"] = .string(transaction.now.wholeSecond.description)
        let user = try Tenant.object(members)
        try transaction.database.users.insert(user)
        if let manager { try setManager(manager, of: user.id, as: writer, in: &transaction) }
        return user
    }

    /// Changes a user in a transaction of its own.
    ///
    /// - Throws: as `updateUser(_:_:as:in:)`.
    public func updateUser(
        _ key: DirectoryKey, _ changes: JSONObject, as writer: DirectoryWriter = .caller
    ) throws {
        _ = try write { transaction in
            try updateUser(key, changes, as: writer, in: &transaction)
        }
    }

    /// Changes the members of a user that are given; null takes a value away.
    ///
    /// - Returns: the user as it is then.
    /// - Throws: `BodyError` for what does not fit the metadata, `DirectoryError` for what the
    ///   directory refuses.
    @discardableResult
    public func updateUser(
        _ key: DirectoryKey, _ changes: JSONObject, as writer: DirectoryWriter = .caller,
        in transaction: inout Transaction
    ) throws -> DirectoryObject {
        let user = try transaction.database.require(.user, key)
        var changes = try body(.user, writer).checked(changes, in: transaction.database)
        if writer.isCaller, user.json["onPremisesSyncEnabled"]?.bool == true,
            changes.names.contains(where: Tenant.isSynchronized)
        {
            throw DirectoryError.synchronizedFromOnPremises
        }
        for name in ["accountEnabled", "userPrincipalName"] where changes[name]?.isNull == true {
            throw DirectoryError.invalidValue(property: name, resource: "User")
        }
        try checkUser(changes, id: user.id, in: transaction.database)
        if changes["passwordProfile"]?.object?["password"]?.string != nil {
            changes["lastPasswordChangeDateTime"] = .string(
                transaction.now.wholeSecond.description)
        }
        changes["passwordProfile"] = nil
        return try update(.user, user, changes, in: &transaction)
    }

    /// Members that the cloud owns, also of a user who comes from an on-premises directory.
    ///
    /// Unverified: which members of such a user can be changed; the refusal of others is captured.
    private static func isSynchronized(_ name: String) -> Bool {
        ![
            "usageLocation", "userType", "ageGroup", "consentProvidedForMinor", "otherMails",
            "passwordPolicies", "preferredDataLocation",
        ].contains(name) && !ExtensionName.isExtension(name)
    }

    private func checkUser(
        _ members: JSONObject, id: GUID, in database: Database
    ) throws {
        if let name = members["userPrincipalName"]?.string {
            guard let parsed = UserPrincipalName(parsing: name) else {
                throw DirectoryError.invalidUserPrincipalName
            }
            try checkDomain(parsed.domain, in: database)
            if let other = try database.directory.loadUser(userPrincipalName: name),
                other.object.id != id
            {
                throw DirectoryError.valueTaken(property: "userPrincipalName")
            }
        }
        if let nickname = members["mailNickname"]?.string,
            try !database.directory.loadOthers(.user, mailNickname: nickname, than: id).isEmpty
        {
            throw DirectoryError.valueTaken(property: "mailNickname")
        }
        if let profile = members["passwordProfile"]?.object { try PasswordRule.check(profile) }
    }

    /// Differs from Entra: a tenant whose seed names no domain takes names of any domain.
    private func checkDomain(_ domain: String, in database: Database) throws {
        let verified = try Tenant.verifiedDomains(in: database)
        guard verified.isEmpty || verified.contains(domain.lowercased()) else {
            throw DirectoryError.unverifiedDomain
        }
    }

    /// The domains that user principal names can have: the seed's, and the initial one under
    /// `onmicrosoft.com`.
    static func verifiedDomains(in database: Database) throws -> [String] {
        guard let domain = try database.values.load(ValueName.defaultDomain)?.lowercased() else {
            return []
        }
        guard !domain.hasSuffix(".onmicrosoft.com") else { return [domain] }
        let label = domain.prefix { $0 != "." }
        return [domain, "\(label).onmicrosoft.com"]
    }

    /// Sets who manages a user, in the place of who did.
    ///
    /// - Throws: `DirectoryError.notFound` when either is not there.
    public func setManager(
        _ manager: GUID, of user: GUID, as writer: DirectoryWriter = .caller,
        in transaction: inout Transaction
    ) throws {
        let database = transaction.database
        let employee = try database.require(.user, .id(user))
        try checkManager(of: employee, writer)
        let found = try database.require(manager)
        guard found.kind == .user, manager != user else {
            throw DirectoryError.invalidReference(property: "manager")
        }
        guard try !database.links.contains(from: user, .manager, to: manager) else { return }
        try database.links.deleteAll(from: user, .manager)
        try database.links.insert(from: user, .manager, to: manager)
    }

    /// Leaves a user without a manager.
    ///
    /// - Throws: `DirectoryError.notFound` when there is no such user, or no manager of it.
    public func removeManager(
        of user: GUID, as writer: DirectoryWriter = .caller, in transaction: inout Transaction
    ) throws {
        let employee = try transaction.database.require(.user, .id(user))
        try checkManager(of: employee, writer)
        guard try transaction.database.links.deleteAll(from: user, .manager) else {
            throw DirectoryError.notFound("manager")
        }
    }

    private func checkManager(
        of user: DirectoryObject, _ writer: DirectoryWriter
    ) throws(DirectoryError) {
        if writer.isCaller, user.json["onPremisesSyncEnabled"]?.bool == true {
            throw DirectoryError.synchronizedFromOnPremises
        }
    }
}
