// Commands on bulk uploads: taken in here, worked off by the job's cycles.

public import Model
import Storage

extension Tenant {
    /// Whether a job takes bulk uploads.
    ///
    /// - Throws: `EmulatorError.jobNotFound`; `.notAPIDriven` when it reads another source.
    public func checkTakesUploads(_ id: String, of key: ServicePrincipalKey) throws {
        try read { database in _ = try uploadJob(id, of: key, in: database) }
    }

    /// Takes an upload in.
    ///
    /// - Parameters:
    ///   - body: the BulkRequest as it was sent, checked.
    ///   - id: the job.
    ///   - key: whose job it is.
    ///   - requestID: the `request-id` of the answer.
    /// - Throws: as `checkTakesUploads`.
    public func stageUpload(
        _ body: String, ofJob id: String, of key: ServicePrincipalKey, requestID: String
    ) throws {
        try write { transaction in
            let job = try uploadJob(id, of: key, in: transaction.database)
            try transaction.database.bulkUploads.insert(
                job: job, received: transaction.now, requestID: requestID, body: body)
            try transaction.schedule(try Tenant.job(id, of: key, in: transaction.database).job)
        }
    }

    /// The upload that was taken in last and still waits.
    ///
    /// - Throws: `EmulatorError.uploadNotFound` when none waits; as `checkTakesUploads`.
    public func lastUpload(ofJob id: String, of key: ServicePrincipalKey) throws -> BulkUpload {
        try read { database in
            try Tenant.lastUpload(try uploadJob(id, of: key, in: database), in: database)
        }
    }

    /// Writes another body over the last upload's; where none waits, the body is one.
    ///
    /// - Throws: as `checkTakesUploads`.
    public func replaceLastUpload(
        _ body: String, ofJob id: String, of key: ServicePrincipalKey, requestID: String
    ) throws {
        try write { transaction in
            let uploads = transaction.database.bulkUploads
            let job = try uploadJob(id, of: key, in: transaction.database)
            guard let last = try uploads.last(of: job) else {
                return try uploads.insert(
                    job: job, received: transaction.now, requestID: requestID, body: body)
            }
            try uploads.update(sequence: last.sequence, body: body)
        }
    }

    /// Takes the last upload back.
    ///
    /// - Throws: `EmulatorError.uploadNotFound` when none waits; as `checkTakesUploads`.
    public func deleteLastUpload(ofJob id: String, of key: ServicePrincipalKey) throws {
        try write { transaction in
            let job = try uploadJob(id, of: key, in: transaction.database)
            let last = try Tenant.lastUpload(job, in: transaction.database)
            try transaction.database.bulkUploads.delete(sequence: last.sequence)
        }
    }

    /// Takes all uploads back that wait for a job.
    ///
    /// - Throws: `EmulatorError.uploadNotFound` when none waits; as `checkTakesUploads`.
    public func deleteUploads(ofJob id: String, of key: ServicePrincipalKey) throws {
        try write { transaction in
            let job = try uploadJob(id, of: key, in: transaction.database)
            _ = try Tenant.lastUpload(job, in: transaction.database)
            try transaction.database.bulkUploads.deleteAll(of: job)
        }
    }

    private static func lastUpload(_ job: String, in database: Database) throws -> BulkUpload {
        guard let last = try database.bulkUploads.last(of: job) else {
            throw EmulatorError.uploadNotFound(job: job)
        }
        return last
    }

    /// The identifier of a job whose source is the upload API: its connector is named `API2…`.
    private func uploadJob(
        _ id: String, of key: ServicePrincipalKey, in database: Database
    ) throws -> String {
        let owner = try Tenant.servicePrincipal(key, in: database)
        let stored = try Tenant.job(id, of: key, in: database)
        let template = try templates(of: owner, in: database)
            .first { $0.id == stored.job.templateID }
        let connector = template?.json["factoryTag"]?.string ?? stored.job.templateID
        guard connector.hasPrefix("API2") || stored.job.templateID.hasPrefix("API2") else {
            throw EmulatorError.notAPIDriven(job: id)
        }
        return stored.job.id
    }
}
