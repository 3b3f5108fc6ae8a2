// A synchronization as a whole: read, written, ended, pinged.

import Emulator
import Model

/// Answers at `/synchronization`.
///
/// Follows "synchronization resource type"; no capture of the writes is known.
enum SynchronizationHandlers {
    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let query = try ContainedQuery(call, "synchronization")
        let owner = try call.tenant.servicePrincipal(root.key)
        let secrets = try SecretHandlers.masked(root, call)
        let json = JSONObject([
            ("id", .string(owner.id.description)),
            ("secrets", .array(secrets.map(JSONValue.object))),
        ])
        return try query.entity(json, root.context) { _, name in
            let elements =
                name == "jobs"
                ? try call.tenant.jobs(of: root.key).map(\.job.json)
                : try call.tenant.templates(of: root.key).map {
                    try TemplateHandlers.json($0, root, call)
                }
            return JSONObject([
                (name + "@odata.context", call.context(root.context + "/" + name)),
                (name, .array(elements.map(JSONValue.object))),
            ])
        }
    }

    /// Unverified: a written synchronization replaces all secrets, and the mask `*` keeps a value.
    static func replace(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let owner = try call.tenant.servicePrincipal(root.key)
        let body = try call.jsonBody()
        let pairs = body.object?["secrets"]?.array ?? []
        let secrets = try SecretHandlers.secrets(pairs, in: "secrets", call)
        let checked = try call.body(as: "synchronization")
        for name in ["jobs", "templates"] where checked[name]?.array?.isEmpty == false {
            throw GraphError.deepWrite(name, of: "synchronization")
        }
        if let id = checked["id"], id.string != owner.id.description {
            throw GraphError.readOnlyProperty("id", of: "synchronization")
        }
        try call.tenant.replaceSecrets(secrets, of: root.key)
        return .noContent
    }

    /// Unverified: what is left of a synchronization that is deleted; here nothing.
    static func delete(_ call: GraphCall) throws -> GraphAnswer {
        try call.tenant.deleteSynchronization(of: try SynchronizationRoot(call).key)
        return .noContent
    }

    /// Unverified: the text that `Ping()` answers with.
    static func ping(_ call: GraphCall) throws -> GraphAnswer {
        _ = try call.tenant.servicePrincipal(try SynchronizationRoot(call).key)
        return .json(
            status: 200,
            JSONObject([("@odata.context", call.context("Edm.String")), ("value", "Pong")]))
    }
}
