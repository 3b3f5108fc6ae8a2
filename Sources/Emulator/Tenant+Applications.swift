// Commands on applications.

public import Model
import Storage
import VirtualTime

extension Tenant {
    /// Makes an application in a transaction of its own.
    ///
    /// - Throws: as `createApplication(_:as:in:)`.
    public func createApplication(
        _ json: JSONObject, as writer: DirectoryWriter = .caller
    ) throws -> DirectoryObject {
        try write { try createApplication(json, as: writer, in: &$0) }
    }

    /// Makes an application, without a service principal.
    ///
    /// - Throws: `BodyError` for what does not fit the metadata, `DirectoryError` for what the
    ///   directory refuses.
    public func createApplication(
        _ json: JSONObject, as writer: DirectoryWriter = .caller,
        in transaction: inout Transaction
    ) throws -> DirectoryObject {
        let body = body(.application, writer)
        let given = try body.checked(json, in: transaction.database)
        try body.require(["displayName"], in: given)
        guard (given["passwordCredentials"]?.array ?? []).isEmpty else {
            throw DirectoryError.credentialsFromCaller
        }
        let id = transaction.ids.next()
        var members = Tenant.newApplication
        members.apply(given)
        members["appId"] = .string(transaction.ids.next().description)
        members["createdDateTime"] = .string(transaction.now.wholeSecond.description)
        members["publisherDomain"] = .optional(
            try transaction.database.values.load(ValueName.defaultDomain))
        let application = try complete(members, .application, id)
        try checkApplication(application, in: transaction.database)
        try transaction.database.applications.insert(application)
        return application
    }

    /// What an application has when its maker says nothing else.
    private static let newApplication = JSONObject([
        ("signInAudience", "AzureADMyOrg"), ("isFallbackPublicClient", false),
        ("api", [:]), ("info", [:]), ("publicClient", [:]), ("spa", [:]),
        ("parentalControlSettings", ["legalAgeGroupRule": "Allow"]),
        (
            "web",
            [
                "implicitGrantSettings": [
                    "enableAccessTokenIssuance": false, "enableIdTokenIssuance": false,
                ]
            ]
        ),
    ])

    /// An object with every member of its type, in the service's order.
    func complete(
        _ members: JSONObject, _ kind: DirectoryKind, _ id: GUID
    ) throws -> DirectoryObject {
        let normalizer = BodyNormalizer(catalog: gallery.types)
        var whole = try normalizer.normalize(.object(members), as: kind.rawValue)
        // The metadata knows no extension properties.
        for member in members.members where ExtensionName.isExtension(member.name) {
            whole[member.name] = member.value
        }
        whole["id"] = nil
        whole.prepend("id", .string(id.description))
        return try Tenant.object(whole)
    }

    /// Changes an application in a transaction of its own.
    ///
    /// - Throws: as `updateApplication(_:_:as:in:)`.
    public func updateApplication(
        _ key: DirectoryKey, _ changes: JSONObject, as writer: DirectoryWriter = .caller
    ) throws {
        _ = try write { try updateApplication(key, changes, as: writer, in: &$0) }
    }

    /// Changes the members of an application that are given; its service principal follows.
    ///
    /// - Throws: `BodyError` for what does not fit the metadata, `DirectoryError` for what the
    ///   directory refuses.
    @discardableResult
    public func updateApplication(
        _ key: DirectoryKey, _ changes: JSONObject, as writer: DirectoryWriter = .caller,
        in transaction: inout Transaction
    ) throws -> DirectoryObject {
        let database = transaction.database
        let application = try database.require(.application, key)
        let changes = try body(.application, writer).checked(changes, in: database)
        try checkCredentials(changes, of: application)
        var members = application.json
        members.apply(changes)
        let changed = try Tenant.object(members)
        try Entitlements(application.json).checkChange(to: Entitlements(members))
        try checkApplication(changed, in: database)
        if changed != application { try database.applications.update(changed) }
        if let appID = changed.appID,
            let principal = try database.find(.servicePrincipal, .appID(appID))
        {
            try follow(changed, principal.object, in: &transaction)
        }
        return changed
    }

    private func checkApplication(
        _ application: DirectoryObject, in database: Database
    ) throws {
        try Entitlements(application.json).check()
        if let name = application.json["uniqueName"]?.string,
            let other = try database.directory.loadApplication(uniqueName: name),
            other.object.id != application.id
        {
            throw DirectoryError.valueTaken(property: "uniqueName")
        }
        for uri in application.json["identifierUris"]?.array ?? [] {
            guard let text = uri.string else { continue }
            let owner = try database.directory.loadApplicationID(identifierURI: text)
            if let owner, owner != application.id {
                throw DirectoryError.valueTaken(property: "identifierUris")
            }
        }
    }

    /// A caller may drop credentials; new ones come from `addPassword`.
    func checkCredentials(
        _ changes: JSONObject, of object: DirectoryObject
    ) throws(DirectoryError) {
        guard let given = changes["passwordCredentials"]?.array else { return }
        let known = object.json["passwordCredentials"]?.array ?? []
        for credential in given {
            let key = credential.object?["keyId"]
            guard known.contains(where: { $0.object?["keyId"] == key }) else {
                throw DirectoryError.credentialsFromCaller
            }
        }
    }
}
