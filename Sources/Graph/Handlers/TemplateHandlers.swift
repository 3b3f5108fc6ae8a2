// Synchronization templates and their schemas.

import Emulator
import Model

/// Answers below `/synchronization/templates`.
///
/// Follows "synchronizationTemplate resource type".
enum TemplateHandlers {
    static func list(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let templates = try call.tenant.templates(of: root.key)
        return .json(
            status: 200,
            JSONObject([
                ("@odata.context", call.context(root.context + "/templates")),
                ("value", .array(try templates.map { .object(try json($0, root, call)) })),
            ]))
    }

    static func count(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        return .text(String(try call.tenant.templates(of: root.key).count))
    }

    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let template = try template(root, call)
        var answer = try json(template, root, call)
        answer.prepend("@odata.context", call.context(root.context + "/templates/$entity"))
        return .json(status: 200, answer)
    }

    /// The template that the route names.
    static func template(
        _ root: SynchronizationRoot, _ call: GraphCall
    ) throws -> SynchronizationTemplate {
        try call.tenant.template(call.parameter(Routes.templateID), of: root.key)
    }

    private static func json(
        _ template: SynchronizationTemplate, _ root: SynchronizationRoot, _ call: GraphCall
    ) throws -> JSONObject {
        var json = template.json
        json["schema@odata.context"] = call.context(
            root.context + "/templates('\(template.id)')/schema/$entity")
        json["schema"] = .object(try call.tenant.gallery.schema(of: template.id).json)
        return json
    }
}
