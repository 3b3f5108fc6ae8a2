// Synchronization jobs: their life from create to delete.

import Emulator
import HTTP
import Model

/// Answers below `/synchronization/jobs`.
///
/// Follows "synchronizationJob resource type".
enum JobHandlers {
    static func list(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let query = try ContainedQuery(call, "synchronizationJob")
        return try query.collection(
            try call.tenant.jobs(of: root.key).map(\.job.json), root.context + "/jobs"
        ) { try neighbour($1, of: $0, root, call) }
    }

    static func count(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        return try ContainedQuery.count(
            try call.tenant.jobs(of: root.key).map(\.job.json), "synchronizationJob", call)
    }

    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let query = try ContainedQuery(call, "synchronizationJob")
        let stored = try call.tenant.job(call.parameter(Routes.jobID), of: root.key)
        return try query.entity(stored.job.json, root.context + "/jobs") {
            try neighbour($1, of: $0, root, call)
        }
    }

    /// The body's `templateId` is all that counts; the service owns the rest of a job.
    static func create(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        // The owner before the body, so that a wrong path is told as such.
        _ = try call.tenant.servicePrincipal(root.key)
        let body = try call.body(as: "synchronizationJob")
        guard let templateID = body["templateId"]?.string, !templateID.isEmpty else {
            throw GraphError.missingProperty("templateId", of: "synchronizationJob")
        }
        let job = try call.tenant.createJob(templateID: templateID, of: root.key)
        return try ContainedQuery(call, "synchronizationJob").entity(
            job.json, root.context + "/jobs", status: 201)
    }

    static func delete(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        try call.tenant.deleteJob(call.parameter(Routes.jobID), of: root.key)
        return .noContent
    }

    static func start(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        try call.tenant.startJob(call.parameter(Routes.jobID), of: root.key)
        return .noContent
    }

    static func pause(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        try call.tenant.pauseJob(call.parameter(Routes.jobID), of: root.key)
        return .noContent
    }

    /// `{"criteria":{"resetScope":"Watermark, Escrows"}}`; without a scope, what the portal resets.
    static func restart(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let id = call.parameter(Routes.jobID)
        _ = try call.tenant.job(id, of: root.key)
        try call.tenant.restartJob(id, of: root.key, scope: try restartScope(call))
        return .noContent
    }

    private static func restartScope(_ call: GraphCall) throws -> RestartScope {
        guard !call.request.body.isEmpty else { return .portal }
        guard let body = try call.jsonBody().object else {
            throw GraphError.body(BodyError(reason: .notAnObject, path: ""))
        }
        for name in body.names where name != "criteria" && !name.contains("@") && !call.isLenient {
            throw GraphError.body(
                BodyError(reason: .unknownProperty(type: "restart"), path: name))
        }
        guard var criteria = body["criteria"]?.object else {
            guard body["criteria"]?.isNull != false else {
                throw GraphError.body(BodyError(reason: .notAnObject, path: "criteria"))
            }
            return .portal
        }
        // An empty text names no flag, and means what a missing one does.
        if criteria["resetScope"]?.string?.isEmpty == true { criteria["resetScope"] = nil }
        let normalizer = BodyNormalizer(
            catalog: call.tenant.gallery.types, dropsUnknownMembers: call.isLenient)
        let checked = try normalizer.normalize(
            .object(criteria), as: "synchronizationJobRestartCriteria")
        // The metadata has checked the names, so the text can be read.
        return RestartScope(parsing: checked["resetScope"]?.string ?? "") ?? .portal
    }

    /// What `$expand` adds to a job: its schema, or its upload where one waits.
    private static func neighbour(
        _ name: String, of job: JSONObject, _ root: SynchronizationRoot, _ call: GraphCall
    ) throws -> JSONObject {
        let id = job["id"]?.string ?? ""
        let value: JSONValue
        if name == "schema" {
            value = .object(try call.tenant.schema(ofJob: id, of: root.key).json)
        } else {
            do {
                let upload = try call.tenant.lastUpload(ofJob: id, of: root.key)
                value = ["id": .string(upload.requestID)]
            } catch is EmulatorError { return JSONObject([(name, .null)]) }
        }
        let context = call.context(root.context + "/jobs('\(id)')/\(name)/$entity")
        return JSONObject([(name + "@odata.context", context), (name, value)])
    }
}
