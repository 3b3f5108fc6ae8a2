// Synchronization templates: the gallery's, and what an application's owner makes of them.

import Emulator
import Model

/// Answers below `/synchronization/templates`.
///
/// Follows "synchronizationTemplate resource type" and "Update synchronizationTemplate".
enum TemplateHandlers {
    static func list(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let query = try ContainedQuery(call, "synchronizationTemplate")
        return try query.collection(
            try call.tenant.templates(of: root.key).map { try json($0, root, call) },
            root.context + "/templates")
    }

    static func count(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        return try ContainedQuery.count(
            try call.tenant.templates(of: root.key).map(\.json), "synchronizationTemplate", call)
    }

    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        return try entity(call.parameter(Routes.templateID), root, call, status: 200)
    }

    /// Unverified: a new template needs an `id`, because its jobs' identifiers begin with it.
    static func create(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        _ = try call.tenant.servicePrincipal(root.key)
        let body = try Body(call)
        guard let id = body.id, !id.isEmpty else {
            throw GraphError.missingProperty("id", of: "synchronizationTemplate")
        }
        let isPlain = id.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        }
        guard isPlain, id.utf8.count <= Limits.templateIDLength else {
            throw GraphError.body(
                BodyError(
                    reason: .badValue(value: id, expected: "letters and digits"), path: "id"))
        }
        try call.tenant.createTemplate(id, body.json, schema: body.schema, of: root.key)
        return try entity(id, root, call, status: 201)
    }

    /// The whole template; members that are left out are erased, but the schema stays.
    ///
    /// Unverified: a template that is written without `schema` keeps the one it has.
    static func replace(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let id = call.parameter(Routes.templateID)
        _ = try call.tenant.template(id, of: root.key)
        var body = try Body(call)
        guard body.id == nil || body.id == id else {
            throw GraphError.readOnlyProperty("id", of: "synchronizationTemplate")
        }
        body.json["id"] = nil
        body.json.prepend("id", .string(id))
        try call.tenant.replaceTemplate(id, with: body.json, schema: body.schema, of: root.key)
        return .noContent
    }

    /// Unverified: what becomes of jobs whose template is deleted; they keep the template's schema.
    static func delete(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        try call.tenant.deleteTemplate(call.parameter(Routes.templateID), of: root.key)
        return .noContent
    }

    /// A `synchronizationTemplate` as a client sends it: its own members, and its schema.
    private struct Body {
        var json: JSONObject
        let schema: SynchronizationSchema?

        var id: String? { json["id"]?.string }

        init(_ call: GraphCall) throws {
            var body = try call.jsonBody()
            var document: JSONValue?
            if var members = body.object {
                document = members["schema"]
                members["schema"] = nil
                body = .object(members)
            }
            let types = call.tenant.gallery.types
            json = try BodyNormalizer(catalog: types, dropsUnknownMembers: call.isLenient)
                .normalize(body, as: "synchronizationTemplate")
            guard let document, !document.isNull else {
                schema = nil
                return
            }
            do throws(BodyError) {
                schema = try SynchronizationSchema(
                    completing: document, by: types, dropsUnknownMembers: call.isLenient)
            } catch {
                let path = error.path.isEmpty ? "schema" : "schema." + error.path
                throw BodyError(reason: error.reason, path: path)
            }
        }
    }

    private static func entity(
        _ id: String, _ root: SynchronizationRoot, _ call: GraphCall, status: Int
    ) throws -> GraphAnswer {
        let query = try ContainedQuery(call, "synchronizationTemplate")
        return try query.entity(
            try json(try call.tenant.template(id, of: root.key), root, call),
            root.context + "/templates", status: status)
    }

    /// A template as answers show it, with its schema.
    static func json(
        _ template: SynchronizationTemplate, _ root: SynchronizationRoot, _ call: GraphCall
    ) throws -> JSONObject {
        var json = template.json
        json["schema@odata.context"] = call.context(
            root.context + "/templates('\(template.id)')/schema/$entity")
        json["schema"] = .object(
            try call.tenant.schema(of: .template(template.id), of: root.key).json)
        return json
    }
}
