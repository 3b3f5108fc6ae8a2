// What a seed says of access: which applications sign in, with which permissions; which users.

import Model
import Storage

/// Loads a seed's `clients` and `signIns`.
///
/// A client is an application with a service principal, both made when the seed has none of its
/// `appId`: `{"appId", "displayName", "applicationId", "servicePrincipalId", "secret",
/// "permissions": ["Synchronization.Read.All"], "owns": ["<service principal>"]}`. Permissions are granted
/// as in real life: as assignments of roles of Microsoft Graph's service principal. A sign-in is
/// `{"user": "<userPrincipalName>", "password", "roles": ["Global Administrator"]}`; users without a
/// password have the tenant's `defaultPassword`, and where there is none they can't sign in.
struct SeedAccess {
    let seed: Seed
    let types: TypeCatalog

    func load(into transaction: Transaction) throws {
        let clients = try seed.elements("clients")
        if !clients.isEmpty {
            let graph = try graph(in: transaction.database)
            for element in clients { try load(element, graph, transaction) }
        }
        for element in try seed.elements("signIns") {
            let name = try element.text("user")
            guard let user = try transaction.database.access.user(named: name) else {
                throw element.failure("user", "names no user: \(name)")
            }
            if let password = element.members["password"]?.string {
                try transaction.database.access.savePassword(password, user: user.id)
            }
            for role in element.members["roles"]?.array ?? [] {
                guard let known = role.string.flatMap(DirectoryRole.init(named:)) else {
                    throw element.failure("roles", "names no known role: \(role.text)")
                }
                try transaction.database.access.addRole(template: known.template, user: user.id)
            }
        }
    }

    private func load(
        _ element: SeedElement, _ graph: DirectoryObject, _ transaction: Transaction
    ) throws {
        let database = transaction.database
        let principal = try principal(element, database)
        if let secret = element.members["secret"]?.string {
            try database.access.addSecret(secret, app: try element.guid("appId"))
        }
        for permission in element.members["permissions"]?.array ?? [] {
            guard let name = permission.string, let role = role(name, of: graph) else {
                throw element.failure(
                    "permissions", "names no known permission: \(permission.text)")
            }
            guard !(try database.access.grants(of: principal, on: graph.id).contains(role)) else {
                continue
            }
            // Made up from both, so that grants take no part in the order of identifiers.
            let id = GUID(high: principal.high ^ role.high, low: principal.low ^ role.low)
            try database.assignments.insert(
                id: id, principal: principal, resource: graph.id, role: role,
                created: transaction.now)
        }
        for owned in element.members["owns"]?.array ?? [] {
            guard let id = owned.string.flatMap({ GUID(parsing: $0) }),
                let object = try database.servicePrincipals.load(id: id)
            else { throw element.failure("owns", "names no service principal: \(owned.text)") }
            try database.access.addOwner(principal, of: id)
            let application = try object.appID.map { try database.access.application(appID: $0) }
            if let application = application ?? nil {
                try database.access.addOwner(principal, of: application.id)
            }
        }
    }

    private func role(_ name: String, of graph: DirectoryObject) -> GUID? {
        let role = (graph.json["appRoles"]?.array ?? []).compactMap(\.object).first {
            $0["value"]?.string == name
        }
        return role?["id"]?.string.flatMap { GUID(parsing: $0) }
    }

    /// Microsoft Graph's service principal; made when the tenant has none.
    private func graph(in database: Database) throws -> DirectoryObject {
        let element = SeedElement(
            members: try Assets.json("Identity/MicrosoftGraph.json").object ?? JSONObject(),
            path: "MicrosoftGraph", seed: seed.name)
        if let known = try database.servicePrincipals.load(appID: try element.guid("appId")) {
            return known
        }
        let object = try object(element.members, as: "servicePrincipal", element)
        try database.servicePrincipals.insert(object)
        return object
    }

    /// A client's service principal, made with its application when they are not there.
    private func principal(_ element: SeedElement, _ database: Database) throws -> GUID {
        let appID = try element.guid("appId")
        if let known = try database.servicePrincipals.load(appID: appID) { return known.id }
        let name = try element.text("displayName")
        if try database.access.application(appID: appID) == nil {
            let members = JSONObject([
                ("id", .string(try element.guid("applicationId").description)),
                ("appId", .string(appID.description)), ("displayName", .string(name)),
                ("signInAudience", "AzureADMyOrg"),
            ])
            try database.applications.insert(try object(members, as: "application", element))
        }
        let members = JSONObject([
            ("id", .string(try element.guid("servicePrincipalId").description)),
            ("appId", .string(appID.description)), ("displayName", .string(name)),
            ("appDisplayName", .string(name)), ("accountEnabled", true),
            ("servicePrincipalType", "Application"),
            ("servicePrincipalNames", .array([.string(appID.description)])),
            ("signInAudience", "AzureADMyOrg"),
        ])
        let made = try object(members, as: "servicePrincipal", element)
        try database.servicePrincipals.insert(made)
        return made.id
    }

    /// An object of the metadata's type, complete.
    private func object(
        _ members: JSONObject, as type: String, _ element: SeedElement
    ) throws -> DirectoryObject {
        do {
            var complete = try BodyNormalizer(catalog: types).normalize(.object(members), as: type)
            complete["id"] = nil
            complete.prepend("id", members["id"] ?? .null)
            guard let object = DirectoryObject(complete) else {
                throw element.failure("id", "is no GUID")
            }
            return object
        } catch let error as BodyError {
            throw element.failure(error.path, "does not fit its type")
        }
    }
}
