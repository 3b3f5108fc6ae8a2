// Inbound provisioning by upload: taken in, checked, kept for the job's next cycle.

import Emulator
import HTTP
import Model

/// Answers below `…/jobs/{id}/bulkUpload`.
///
/// Follows "Perform bulkUpload"; the media routes are of the metadata only.
enum BulkUploadHandlers {
    /// `POST …/bulkUpload`: 202, and where its result will be told.
    static func post(_ call: GraphCall) throws -> GraphAnswer {
        let target = try Target(call)
        guard mediaType(call) == "application/scim+json" else {
            throw GraphError.invalidDataFormat("Content-Type must be application/scim+json.")
        }
        try call.tenant.stageUpload(
            try body(call), ofJob: target.job, of: target.root.key, requestID: call.requestID)
        return .accepted(
            location: "\(call.baseURL)/\(call.version)/auditLogs/provisioning/?$filter=jobid%20eq"
                + "%20'\(target.job)'")
    }

    /// Unverified: the media entity is the last upload that waits; 404 where none does.
    static func get(_ call: GraphCall) throws -> GraphAnswer {
        let target = try Target(call)
        let upload = try call.tenant.lastUpload(ofJob: target.job, of: target.root.key)
        let context = "\(target.root.context)/jobs('\(target.job)')/bulkUpload"
        return try ContainedQuery(call, "bulkUpload").entity(
            JSONObject([
                ("@odata.mediaContentType", "application/scim+json"),
                ("id", .string(upload.requestID)),
            ]), context)
    }

    /// The entity has no property but its identifier, so there is nothing that could change.
    static func patch(_ call: GraphCall) throws -> GraphAnswer {
        let target = try Target(call)
        let upload = try call.tenant.lastUpload(ofJob: target.job, of: target.root.key)
        let given = try call.body(as: "bulkUpload")
        if let id = given["id"], id.string != upload.requestID {
            throw GraphError.readOnlyProperty("id", of: "bulkUpload")
        }
        return .noContent
    }

    /// Unverified: deleting the entity takes back all that waits.
    static func delete(_ call: GraphCall) throws -> GraphAnswer {
        let target = try Target(call)
        try call.tenant.deleteUploads(ofJob: target.job, of: target.root.key)
        return .noContent
    }

    static func getValue(_ call: GraphCall) throws -> GraphAnswer {
        let target = try Target(call)
        let upload = try call.tenant.lastUpload(ofJob: target.job, of: target.root.key)
        return .binary(Array(upload.body.utf8))
    }

    static func putValue(_ call: GraphCall) throws -> GraphAnswer {
        let target = try Target(call)
        guard let type = mediaType(call) else { throw GraphError.missingContentType }
        guard ["application/octet-stream", "application/scim+json"].contains(type) else {
            throw GraphError.invalidDataFormat("Content-Type must be application/octet-stream.")
        }
        try call.tenant.replaceLastUpload(
            try body(call), ofJob: target.job, of: target.root.key, requestID: call.requestID)
        return .noContent
    }

    static func deleteValue(_ call: GraphCall) throws -> GraphAnswer {
        let target = try Target(call)
        try call.tenant.deleteLastUpload(ofJob: target.job, of: target.root.key)
        return .noContent
    }

    /// The job of the route, which is there and takes uploads.
    private struct Target {
        let root: SynchronizationRoot
        let job: String

        init(_ call: GraphCall) throws {
            root = try SynchronizationRoot(call)
            job = call.parameter(Routes.jobID)
            try call.tenant.checkTakesUploads(job, of: root.key)
        }
    }

    /// The body as text, once it is known to be what a cycle can read.
    private static func body(_ call: GraphCall) throws(GraphError) -> String {
        let json: JSONValue
        do throws(JSONError) { json = try JSONValue(parsing: call.request.body) } catch {
            throw GraphError.invalidDataFormat("The body is no JSON.")
        }
        do throws(BulkRequestError) { _ = try BulkRequest(json) } catch {
            let place = error.path.isEmpty ? "The body" : error.path
            throw GraphError.invalidDataFormat("\(place): \(error.problem).")
        }
        return String(decoding: call.request.body, as: UTF8.self)
    }

    private static func mediaType(_ call: GraphCall) -> String? {
        call.request.value(of: "Content-Type").map { value in
            String(value.prefix { $0 != ";" }).trimmingSpaces.lowercased()
        }
    }
}
