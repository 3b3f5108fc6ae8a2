// Commands on service principals.

public import Model
import Storage
import VirtualTime

extension Tenant {
    /// Makes the service principal of an application in a transaction of its own.
    ///
    /// - Throws: as `createServicePrincipal(_:as:in:)`.
    public func createServicePrincipal(
        _ json: JSONObject, as writer: DirectoryWriter = .caller
    ) throws -> DirectoryObject {
        try write { try createServicePrincipal(json, as: writer, in: &$0) }
    }

    /// Makes the service principal of an application of the tenant.
    ///
    /// - Throws: `DirectoryError.noBackingApplication`, `.servicePrincipalNameInUse`; `BodyError` for
    ///   what does not fit the metadata.
    public func createServicePrincipal(
        _ json: JSONObject, as writer: DirectoryWriter = .caller,
        in transaction: inout Transaction
    ) throws -> DirectoryObject {
        let database = transaction.database
        let body = body(.servicePrincipal, writer)
        let given = try body.checked(json, in: database)
        try body.require(["appId"], in: given)
        let text = given["appId"]?.string ?? ""
        guard let appID = GUID(parsing: text),
            let application = try database.find(.application, .appID(appID)),
            application.deleted == nil
        else { throw DirectoryError.noBackingApplication(text) }
        guard try database.find(.servicePrincipal, .appID(appID)) == nil else {
            throw DirectoryError.servicePrincipalNameInUse(appID.description)
        }
        var members = JSONObject([
            ("accountEnabled", true), ("servicePrincipalType", "Application"),
            ("appOwnerOrganizationId", .string(id.description)),
            (
                "applicationTemplateId", application.object.json["applicationTemplateId"] ?? .null
            ), ("createdDateTime", .string(transaction.now.wholeSecond.description)),
        ])
        members.apply(Tenant.mirror(of: application.object))
        members.apply(given)
        let principal = try complete(members, .servicePrincipal, transaction.ids.next())
        try Entitlements(principal.json).check()
        try database.servicePrincipals.insert(principal)
        return principal
    }

    /// What a service principal shows of its application.
    private static func mirror(of application: DirectoryObject) -> JSONObject {
        let json = application.json
        let web = json["web"]?.object
        let redirects = [web, json["spa"]?.object, json["publicClient"]?.object].flatMap {
            $0?["redirectUris"]?.array ?? []
        }
        let names = [json["appId"] ?? .null] + (json["identifierUris"]?.array ?? [])
        return JSONObject([
            ("displayName", json["displayName"] ?? .null), ("appId", json["appId"] ?? .null),
            ("appDisplayName", json["displayName"] ?? .null),
            ("appDescription", json["description"] ?? .null),
            ("appRoles", json["appRoles"] ?? []),
            (
                "oauth2PermissionScopes",
                json["api"]?.object?["oauth2PermissionScopes"] ?? []
            ), ("homepage", web?["homePageUrl"] ?? .null),
            ("info", json["info"] ?? .null), ("replyUrls", .array(redirects)),
            ("servicePrincipalNames", .array(names)),
            ("signInAudience", json["signInAudience"] ?? .null),
            ("verifiedPublisher", json["verifiedPublisher"] ?? .null),
        ])
    }

    /// Brings a service principal in step with its application, as in the application's home tenant.
    func follow(
        _ application: DirectoryObject, _ principal: DirectoryObject,
        in transaction: inout Transaction
    ) throws {
        let changed = try update(
            .servicePrincipal, principal, Tenant.mirror(of: application), in: &transaction)
        try removeAssignments(from: principal, to: changed, in: &transaction)
    }

    /// Changes a service principal in a transaction of its own.
    ///
    /// - Throws: as `updateServicePrincipal(_:_:as:in:)`.
    public func updateServicePrincipal(
        _ key: DirectoryKey, _ changes: JSONObject, as writer: DirectoryWriter = .caller
    ) throws {
        _ = try write { try updateServicePrincipal(key, changes, as: writer, in: &$0) }
    }

    /// Changes the members of a service principal that are given.
    ///
    /// - Throws: `BodyError` for what does not fit the metadata, `DirectoryError` for what the
    ///   directory refuses.
    @discardableResult
    public func updateServicePrincipal(
        _ key: DirectoryKey, _ changes: JSONObject, as writer: DirectoryWriter = .caller,
        in transaction: inout Transaction
    ) throws -> DirectoryObject {
        let database = transaction.database
        let principal = try database.require(.servicePrincipal, key)
        let changes = try body(.servicePrincipal, writer).checked(changes, in: database)
        if let appID = changes["appId"], appID != principal.json["appId"] {
            throw DirectoryError.immutable(property: "appId")
        }
        try checkCredentials(changes, of: principal)
        var members = principal.json
        members.apply(changes)
        let later = Entitlements(members)
        try later.check()
        try Entitlements(principal.json).checkChange(to: later)
        let changed = try update(.servicePrincipal, principal, changes, in: &transaction)
        try removeAssignments(from: principal, to: changed, in: &transaction)
        return changed
    }

    /// A role that goes takes its assignments along.
    private func removeAssignments(
        from earlier: DirectoryObject, to later: DirectoryObject,
        in transaction: inout Transaction
    ) throws {
        for role in Entitlements(earlier.json).removed(in: Entitlements(later.json)) {
            try transaction.database.assignments.deleteAll(resource: later.id, role: role)
        }
    }
}
