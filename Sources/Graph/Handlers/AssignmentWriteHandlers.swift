// App role assignments: made and taken back, from the side of the resource or of the principal.

import Emulator
import Model

/// Answers to writes at `…/appRoleAssignedTo` and `…/appRoleAssignments`.
///
/// Follows "Grant an appRoleAssignment for a service principal" and its likes.
enum AssignmentWriteHandlers {
    /// A handler below a service principal that is the resource.
    static func createForResource(_ call: GraphCall) throws -> GraphAnswer {
        let resource = try call.tenant.directoryObject(
            .servicePrincipal, try call.key(of: .servicePrincipal))
        let grant = try grant(call)
        guard grant.resource == resource.id else { throw DirectoryError.invalidAssignment }
        return answer(
            try call.tenant.assign(grant),
            "servicePrincipals('\(resource.id)')/appRoleAssignedTo/$entity", call)
    }

    /// A handler below a principal of a kind.
    static func create(
        for kind: DirectoryKind
    ) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let principal = try call.tenant.directoryObject(kind, try call.key(of: kind))
            let grant = try grant(call)
            guard grant.principal == principal.id else { throw DirectoryError.invalidAssignment }
            return answer(
                try call.tenant.assign(grant),
                "\(kind.entitySet)('\(principal.id)')/appRoleAssignments/$entity", call)
        }
    }

    /// A handler that takes an assignment back, below the object of a kind.
    static func delete(of kind: DirectoryKind) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let text = call.parameter(DirectoryParameter.assignment)
            guard let key = AppRoleAssignmentKey(parsing: text) else {
                throw GraphError.invalidID(text)
            }
            try call.tenant.unassign(key, of: kind, try call.key(of: kind))
            return .noContent
        }
    }

    private static func answer(
        _ json: JSONObject, _ context: String, _ call: GraphCall
    ) -> GraphAnswer {
        var json = json
        json.prepend("@odata.context", call.context(context))
        return .json(status: 201, json)
    }

    /// `{"principalId","resourceId","appRoleId"}`; without a role, the default access.
    private static func grant(_ call: GraphCall) throws -> AppRoleGrant {
        let normalizer = BodyNormalizer(
            catalog: call.tenant.gallery.types, dropsUnknownMembers: call.isLenient)
        let body = try normalizer.changes(try call.members(), as: "appRoleAssignment")
        func identifier(_ name: String) throws -> GUID {
            guard let id = body[name]?.string.flatMap({ GUID(parsing: $0) }) else {
                throw DirectoryError.valueRequired(
                    property: name, resource: "AppRoleAssignment")
            }
            return id
        }
        return AppRoleGrant(
            principal: try identifier("principalId"), resource: try identifier("resourceId"),
            role: body["appRoleId"] == nil ? .zero : try identifier("appRoleId"))
    }
}
