// Assignments, extension properties, application templates, the organization and provisioning logs.

import Emulator
import Model

/// Answers to GET of what belongs to directory objects.
enum RecordHandlers {
    /// `/users/{id}/appRoleAssignments` and its like.
    static func assignments(of kind: DirectoryKind) -> DirectoryObjectHandlers.Handler {
        { call in
            let owner = try call.object(of: kind)
            return try list(
                .assignments(principal: owner.id), "appRoleAssignment",
                "\(kind.rawValue)s('\(owner.id)')/appRoleAssignments", call)
        }
    }

    /// `/servicePrincipals/{id}/appRoleAssignedTo`.
    static func assignedTo(_ call: GraphCall) throws -> GraphAnswer {
        let owner = try call.object(of: .servicePrincipal)
        return try list(
            .assignedTo(resource: owner.id), "appRoleAssignment",
            "servicePrincipals('\(owner.id)')/appRoleAssignedTo", call)
    }

    static func assignmentCount(of kind: DirectoryKind) -> DirectoryObjectHandlers.Handler {
        { call in
            try count(.assignments(principal: try call.object(of: kind).id), call)
        }
    }

    static func assignedToCount(_ call: GraphCall) throws -> GraphAnswer {
        try count(.assignedTo(resource: try call.object(of: .servicePrincipal).id), call)
    }

    static func assignment(of kind: DirectoryKind) -> DirectoryObjectHandlers.Handler {
        { call in
            let owner = try call.object(of: kind)
            return try assignment(
                .assignments(principal: owner.id),
                "\(kind.rawValue)s('\(owner.id)')/appRoleAssignments", call)
        }
    }

    static func assignedToOne(_ call: GraphCall) throws -> GraphAnswer {
        let owner = try call.object(of: .servicePrincipal)
        return try assignment(
            .assignedTo(resource: owner.id),
            "servicePrincipals('\(owner.id)')/appRoleAssignedTo", call)
    }

    private static func assignment(
        _ list: RecordList, _ context: String, _ call: GraphCall
    ) throws -> GraphAnswer {
        let text = call.parameter("appRoleAssignment-id")
        guard let key = AppRoleAssignmentKey(parsing: text) else {
            throw GraphError.resourceNotFound(text)
        }
        return try single(list, key.id.description, text, "appRoleAssignment", context, call)
    }

    /// `/applications/{id}/extensionProperties`.
    static func extensionProperties(_ call: GraphCall) throws -> GraphAnswer {
        let owner = try call.object(of: .application)
        return try list(
            .extensionProperties(application: owner.id), "extensionProperty",
            "applications('\(owner.id)')/extensionProperties", call)
    }

    static func extensionProperty(_ call: GraphCall) throws -> GraphAnswer {
        let owner = try call.object(of: .application)
        let text = call.parameter("extensionProperty-id")
        guard let id = GUID(parsing: text) else { throw GraphError.invalidID(text) }
        return try single(
            .extensionProperties(application: owner.id), id.description, text,
            "extensionProperty", "applications('\(owner.id)')/extensionProperties", call)
    }

    static func extensionPropertyCount(_ call: GraphCall) throws -> GraphAnswer {
        let owner = try call.object(of: .application)
        return try count(.extensionProperties(application: owner.id), call)
    }

    // MARK: The gallery and the organization

    static func applicationTemplates(_ call: GraphCall) throws -> GraphAnswer {
        try list(
            .values(call.tenant.gallery.applicationTemplates), "applicationTemplate",
            "applicationTemplates", call)
    }

    static func applicationTemplate(_ call: GraphCall) throws -> GraphAnswer {
        let text = call.parameter("applicationTemplate-id")
        guard let id = GUID(parsing: text) else { throw GraphError.invalidID(text) }
        return try single(
            .values(call.tenant.gallery.applicationTemplates), id.description, text,
            "applicationTemplate", "applicationTemplates", call)
    }

    static func applicationTemplateCount(_ call: GraphCall) throws -> GraphAnswer {
        try count(.values(call.tenant.gallery.applicationTemplates), call)
    }

    static func organizations(_ call: GraphCall) throws -> GraphAnswer {
        try list(.values([try organization(call)]), "organization", "organization", call)
    }

    static func organizationByID(_ call: GraphCall) throws -> GraphAnswer {
        let text = call.parameter("organization-id")
        guard let id = GUID(parsing: text) else { throw GraphError.invalidID(text) }
        return try single(
            .values([try organization(call)]), id.description, text, "organization",
            "organization", call)
    }

    private static func organization(_ call: GraphCall) throws -> JSONObject {
        let tenant = try call.tenant.organization()
        let domain = tenant.defaultDomain.map { name -> JSONValue in
            [
                "capabilities": "Email, OfficeCommunicationsOnline", "isDefault": true,
                "isInitial": false, "name": .string(name), "type": "Managed",
            ]
        }
        return JSONObject([
            ("id", .string(call.tenant.id.description)),
            ("displayName", .optional(tenant.displayName)), ("tenantType", "AAD"),
            ("verifiedDomains", .array([domain].compactMap { $0 })),
        ])
    }

    // MARK: Lists

    private static func list(
        _ list: RecordList, _ typeName: String, _ context: String, _ call: GraphCall
    ) throws -> GraphAnswer {
        let type = try call.type(typeName)
        let request = try CollectionRequest(call, [type], .plain)
        let skipped = request.after == nil ? try call.options.skip() : 0
        var query = request.query
        query.limit += skipped
        let found = Array(try call.tenant.list(list, query).dropFirst(skipped))
        let count = request.isCounted ? try call.tenant.count(list, request.filter) : nil
        let elements = found.prefix(request.size).map {
            Selection.entity($0.json, type, request.selection)
        }
        let next = found.count > request.size ? found[request.size - 1].place : nil
        return call.page(request, context, count: count, next: next, elements)
    }

    /// Lists of the gallery are counted without further ado, those of directory objects with the
    /// header.
    private static func count(_ list: RecordList, _ call: GraphCall) throws -> GraphAnswer {
        if case .values = list {
        } else {
            guard call.isEventual else { throw GraphError.countNotSupported }
        }
        return .text(String(try call.tenant.count(list, nil)))
    }

    private static func single(
        _ list: RecordList, _ id: String, _ text: String, _ typeName: String, _ context: String,
        _ call: GraphCall
    ) throws -> GraphAnswer {
        let type = try call.type(typeName)
        let selection = try Selection(call.options[.select], of: type)
        let filter = FilterExpression.compare(FilterOperand("id"), .equal, .string(id))
        guard let found = try call.tenant.list(list, ListQuery(filter: filter, limit: 1)).first
        else { throw GraphError.resourceNotFound(text) }
        var json = Selection.entity(found.json, type, selection)
        json.prepend(
            "@odata.context", call.context(context + Selection.suffix(selection) + "/$entity"))
        return .json(status: 200, json)
    }
}
