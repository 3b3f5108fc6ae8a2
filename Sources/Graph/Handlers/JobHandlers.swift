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
        let jobs = try call.tenant.jobs(of: root.key)
        return .json(
            status: 200,
            JSONObject([
                ("@odata.context", call.context(root.context + "/jobs")),
                ("value", .array(jobs.map { .object($0.job.json) })),
            ]))
    }

    static func count(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        return .text(String(try call.tenant.jobs(of: root.key).count))
    }

    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let stored = try call.tenant.job(call.parameter(Routes.jobID), of: root.key)
        return .json(status: 200, entity(stored.job, root, call))
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
        return .json(status: 201, entity(job, root, call))
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

    private static func entity(
        _ job: SynchronizationJob, _ root: SynchronizationRoot, _ call: GraphCall
    ) -> JSONObject {
        var json = job.json
        json.prepend("@odata.context", call.context(root.context + "/jobs/$entity"))
        return json
    }
}
