// Schemas of jobs and templates, and the directories in them.

import Emulator
import Model

/// Answers below `…/schema`.
///
/// Follows "synchronizationSchema resource type".
enum SchemaHandlers {
    /// A schema and the place that context URLs give it.
    private struct Found {
        let schema: SynchronizationSchema
        let context: String
    }

    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let found = try find(call)
        var answer = found.schema.json
        answer.prepend("@odata.context", call.context(found.context + "/$entity"))
        return .json(status: 200, answer)
    }

    /// The whole document replaces the job's; what it leaves out is gone.
    static func replace(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let id = call.parameter(Routes.jobID)
        _ = try call.tenant.job(id, of: root.key)
        let schema = try SynchronizationSchema(
            completing: try call.jsonBody(), by: call.tenant.gallery.types,
            dropsUnknownMembers: call.isLenient)
        try call.tenant.replaceSchema(ofJob: id, of: root.key, with: schema)
        return .noContent
    }

    /// What generated clients send to update a schema, and the live service does not route.
    static func patch(_ call: GraphCall) throws -> GraphAnswer {
        guard call.isLenient else { throw GraphError.notRouted(call.path) }
        return try replace(call)
    }

    static func reset(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        try call.tenant.resetSchema(ofJob: call.parameter(Routes.jobID), of: root.key)
        return .noContent
    }

    static func directories(_ call: GraphCall) throws -> GraphAnswer {
        let found = try find(call)
        return .json(
            status: 200,
            JSONObject([
                ("@odata.context", call.context(found.context + "/directories")),
                ("value", .array(directories(found))),
            ]))
    }

    static func directoryCount(_ call: GraphCall) throws -> GraphAnswer {
        .text(String(directories(try find(call)).count))
    }

    static func directory(_ call: GraphCall) throws -> GraphAnswer {
        let found = try find(call)
        let id = call.parameter(Routes.directoryID)
        guard
            var directory = directories(found).compactMap(\.object).first(where: {
                $0["id"]?.string == id
            })
        else { throw GraphError.synchronizationResourceNotFound("directory", id) }
        directory.prepend("@odata.context", call.context(found.context + "/directories/$entity"))
        return .json(status: 200, directory)
    }

    /// Whether the route's job or template exists, for answers that do not depend on its schema.
    static func checkOwner(_ call: GraphCall) throws { _ = try find(call) }

    private static func directories(_ found: Found) -> [JSONValue] {
        found.schema.json["directories"]?.array ?? []
    }

    /// The schema that the route names, a job's or a template's.
    private static func find(_ call: GraphCall) throws -> Found {
        let root = try SynchronizationRoot(call)
        guard let id = call.parameters[Routes.jobID] else {
            let template = try TemplateHandlers.template(root, call)
            return Found(
                schema: try call.tenant.gallery.schema(of: template.id),
                context: root.context + "/templates('\(template.id)')/schema")
        }
        return Found(
            schema: try call.tenant.schema(ofJob: id, of: root.key),
            context: root.context + "/jobs('\(id)')/schema")
    }
}
