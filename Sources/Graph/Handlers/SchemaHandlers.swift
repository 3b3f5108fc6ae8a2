// Schemas of jobs and templates, and the directories in them.

import Emulator
import Model

/// Answers below `…/schema`.
///
/// Follows "synchronizationSchema resource type". The service gives no ETag in this sub-tree, so
/// `If-Match` is not looked at: the last write wins.
enum SchemaHandlers {
    /// A schema's owner, and the place that context URLs give it.
    struct Place {
        let owner: SchemaOwner
        let key: ServicePrincipalKey
        let context: String

        /// The job or template that the route names.
        init(_ call: GraphCall) throws {
            let root = try SynchronizationRoot(call)
            key = root.key
            if let job = call.parameters[Routes.jobID] {
                owner = .job(job)
                context = root.context + "/jobs('\(job)')/schema"
            } else {
                let template = call.parameter(Routes.templateID)
                owner = .template(template)
                context = root.context + "/templates('\(template)')/schema"
            }
        }
    }

    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let place = try Place(call)
        let query = try ContainedQuery(call, "synchronizationSchema")
        return try query.entity(try schema(place, call).json, place.context)
    }

    /// The whole document replaces the one in force; what it leaves out is gone.
    static func replace(_ call: GraphCall) throws -> GraphAnswer {
        let place = try Place(call)
        _ = try schema(place, call)
        let schema = try SynchronizationSchema(
            completing: try call.jsonBody(), by: call.tenant.gallery.types,
            dropsUnknownMembers: call.isLenient)
        try call.tenant.replaceSchema(of: place.owner, of: place.key, with: schema)
        return .noContent
    }

    /// What generated clients send to update a schema, and the live service does not route.
    static func patch(_ call: GraphCall) throws -> GraphAnswer {
        guard call.isLenient else { throw GraphError.notRouted(call.path) }
        return try replace(call)
    }

    static func reset(_ call: GraphCall) throws -> GraphAnswer {
        let place = try Place(call)
        try call.tenant.resetSchema(of: place.owner, of: place.key)
        return .noContent
    }

    static func directories(_ call: GraphCall) throws -> GraphAnswer {
        let place = try Place(call)
        let query = try ContainedQuery(call, "directoryDefinition")
        return try query.collection(
            directories(try schema(place, call)), place.context + "/directories")
    }

    static func directoryCount(_ call: GraphCall) throws -> GraphAnswer {
        try ContainedQuery.count(
            directories(try schema(try Place(call), call)), "directoryDefinition", call)
    }

    static func directory(_ call: GraphCall) throws -> GraphAnswer {
        let place = try Place(call)
        let id = call.parameter(Routes.directoryID)
        let query = try ContainedQuery(call, "directoryDefinition")
        let all = directories(try schema(place, call))
        guard let directory = all.first(where: { $0["id"]?.string == id }) else {
            throw GraphError.synchronizationResourceNotFound("directory", id)
        }
        return try query.entity(directory, place.context + "/directories")
    }

    /// Unverified: whether the service lets one directory be added, changed or removed by itself.
    static func addDirectory(_ call: GraphCall) throws -> GraphAnswer {
        let place = try Place(call)
        _ = try schema(place, call)
        let body = try call.body(as: "directoryDefinition")
        var added = try call.tenant.addDirectory(body, to: place.owner, of: place.key)
        added.prepend("@odata.context", call.context(place.context + "/directories/$entity"))
        return .json(status: 201, added)
    }

    /// The members that are given replace those that there are; the rest stays.
    static func changeDirectory(_ call: GraphCall) throws -> GraphAnswer {
        let place = try Place(call)
        let id = call.parameter(Routes.directoryID)
        _ = try directory(call)
        guard let given = try call.jsonBody().object else {
            throw GraphError.body(BodyError(reason: .notAnObject, path: ""))
        }
        if let other = given["id"], other.string != id {
            throw GraphError.readOnlyProperty("id", of: "directoryDefinition")
        }
        let normalizer = BodyNormalizer(
            catalog: call.tenant.gallery.types, dropsUnknownMembers: call.isLenient)
        try call.tenant.changeDirectory(id, of: place.owner, of: place.key) { known in
            var merged = known
            for member in given.members { merged[member.name] = member.value }
            return try normalizer.normalize(.object(merged), as: "directoryDefinition")
        }
        return .noContent
    }

    static func deleteDirectory(_ call: GraphCall) throws -> GraphAnswer {
        let place = try Place(call)
        try call.tenant.deleteDirectory(
            call.parameter(Routes.directoryID), of: place.owner, of: place.key)
        return .noContent
    }

    /// Whether the route's job or template exists, for answers that do not depend on its schema.
    static func checkOwner(_ call: GraphCall) throws { _ = try schema(try Place(call), call) }

    private static func schema(_ place: Place, _ call: GraphCall) throws -> SynchronizationSchema {
        try call.tenant.schema(of: place.owner, of: place.key)
    }

    private static func directories(_ schema: SynchronizationSchema) -> [JSONObject] {
        (schema.json["directories"]?.array ?? []).compactMap(\.object)
    }
}
