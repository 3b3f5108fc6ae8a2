// Applications and service principals: create, update, delete, and instances of the gallery.

import Emulator
import HTTP
import Model

/// Answers to writes below `/applications`, `/servicePrincipals` and `/applicationTemplates`.
///
/// Follows "Create application", "Upsert application", "Create servicePrincipal" and their likes, and
/// "applicationTemplate: instantiate".
enum ApplicationWriteHandlers {
    static func createApplication(_ call: GraphCall) throws -> GraphAnswer {
        let application = try call.tenant.createApplication(
            try call.members(), as: call.writer)
        return try call.createdAndOwned(.application, application)
    }

    static func updateApplication(_ call: GraphCall) throws -> GraphAnswer {
        let key = try call.key(of: .application)
        if createsIfMissing(call), case .uniqueName(let name) = key {
            var body = try call.members()
            let created = try call.tenant.write { transaction -> DirectoryObject? in
                do {
                    try call.tenant.updateApplication(
                        key, body, as: call.writer, in: &transaction)
                    return nil
                } catch DirectoryError.notFound(let missing) where missing == name {
                    body["uniqueName"] = .string(name)
                    return try call.tenant.createApplication(
                        body, as: call.writer, in: &transaction)
                }
            }
            return try created.map { try call.createdAndOwned(.application, $0) } ?? .noContent
        }
        _ = try call.tenant.directoryObject(.application, key)
        try call.tenant.updateApplication(key, try call.members(), as: call.writer)
        return .noContent
    }

    static func createServicePrincipal(_ call: GraphCall) throws -> GraphAnswer {
        let principal = try call.tenant.createServicePrincipal(
            try call.members(), as: call.writer)
        return try call.createdAndOwned(.servicePrincipal, principal)
    }

    static func updateServicePrincipal(_ call: GraphCall) throws -> GraphAnswer {
        let key = try call.key(of: .servicePrincipal)
        if createsIfMissing(call), case .appID(let appID) = key {
            var body = try call.members()
            let created = try call.tenant.write { transaction -> DirectoryObject? in
                do {
                    try call.tenant.updateServicePrincipal(
                        key, body, as: call.writer, in: &transaction)
                    return nil
                } catch DirectoryError.notFound {
                    body["appId"] = .string(appID.description)
                    return try call.tenant.createServicePrincipal(
                        body, as: call.writer, in: &transaction)
                }
            }
            return try created.map { try call.createdAndOwned(.servicePrincipal, $0) }
                ?? .noContent
        }
        _ = try call.tenant.directoryObject(.servicePrincipal, key)
        try call.tenant.updateServicePrincipal(key, try call.members(), as: call.writer)
        return .noContent
    }

    /// A handler that deletes what the path names.
    static func delete(_ kind: DirectoryKind) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            try call.tenant.deleteObject(kind, try call.key(of: kind))
            return .noContent
        }
    }

    /// `{"displayName": "…"}`; the documentation prints `201 OK` over both objects.
    static func instantiate(_ call: GraphCall) throws -> GraphAnswer {
        let id = try call.identifier(DirectoryParameter.applicationTemplate)
        let body = try call.members()
        for name in body.names
        where !["displayName", "serviceManagementReference"].contains(name)
            && !name.contains("@") && !call.isLenient
        {
            throw GraphError.body(
                BodyError(reason: .unknownProperty(type: "applicationTemplate"), path: name))
        }
        guard let name = body["displayName"]?.string, !name.isEmpty else {
            throw GraphError.missingProperty("displayName", of: "applicationTemplate")
        }
        let made = try call.tenant.instantiate(template: id, displayName: name)
        try call.own([made.application.id, made.servicePrincipal.id])
        return .json(
            status: 201,
            JSONObject([
                ("@odata.context", call.context("microsoft.graph.applicationServicePrincipal")),
                ("application", .object(call.shown(.application, made.application))),
                (
                    "servicePrincipal",
                    .object(call.shown(.servicePrincipal, made.servicePrincipal))
                ),
            ]))
    }

    private static func createsIfMissing(_ call: GraphCall) -> Bool {
        call.request.value(of: "Prefer")?.lowercased().contains("create-if-missing") ?? false
    }
}

extension GraphCall {
    /// The answer that tells of a new object, which its maker owns.
    fileprivate func createdAndOwned(
        _ kind: DirectoryKind, _ object: DirectoryObject
    ) throws -> GraphAnswer {
        try own([object.id])
        return created(kind, object)
    }

    /// Makes the caller, where one is known, the owner of objects.
    fileprivate func own(_ objects: [GUID]) throws {
        guard let caller else { return }
        try tenant.makeOwner(caller, of: objects)
    }
}
