// Commands on synchronization jobs.

public import Model
import Storage

extension Tenant {
    /// All jobs of a service principal, in the order they were made.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func jobs(of key: ServicePrincipalKey) throws -> [StoredJob] {
        try read { database in
            let owner = try Tenant.servicePrincipal(key, in: database)
            return try database.jobs.list(of: owner.id)
        }
    }

    /// All jobs of the tenant with the instant of their next cycle.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func allJobs() throws -> [(stored: StoredJob, nextRun: Timestamp?)] {
        try read { database in
            try database.jobs.list().map { ($0, try database.agenda.due(.cycle, $0.job.id)) }
        }
    }

    /// One job of a service principal.
    ///
    /// - Throws: `EmulatorError.jobNotFound`, also for a job of another service principal.
    public func job(_ id: String, of key: ServicePrincipalKey) throws -> StoredJob {
        try read { database in try Tenant.job(id, of: key, in: database) }
    }

    static func job(
        _ id: String, of key: ServicePrincipalKey, in database: Database
    ) throws -> StoredJob {
        let owner = try servicePrincipal(key, in: database)
        guard let stored = try database.jobs.load(id: id), stored.servicePrincipal == owner.id
        else { throw EmulatorError.jobNotFound(id) }
        return stored
    }

    /// Makes a job from a template; it is not scheduled.
    ///
    /// - Throws: `EmulatorError.templateNotFound` when the service principal is not offered such a
    ///   template, `.jobExists` when it has a job of it.
    public func createJob(
        templateID: String, of key: ServicePrincipalKey
    ) throws -> SynchronizationJob {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            guard
                let template = try templates(of: owner, in: transaction.database)
                    .first(where: { $0.id == templateID })
            else { throw EmulatorError.templateNotFound(templateID) }
            let jobs = transaction.database.jobs
            if let existing = try jobs.list(of: owner.id).first(where: {
                $0.job.templateID == templateID
            }) {
                throw EmulatorError.jobExists(existing.job.id)
            }
            var id = template.jobID(tenant: self.id, application: owner.appID ?? owner.id)
            // Identifiers without the application's part can meet; the part tells them apart.
            if try jobs.load(id: id) != nil { id += ".\(owner.appID ?? owner.id)" }
            let job = SynchronizationJob(
                id: id, templateID: templateID, interval: template.interval,
                settings: template.settings)
            try jobs.insert(StoredJob(job: job, servicePrincipal: owner.id))
            return job
        }
    }

    /// Deletes a job with its schema and all of its memory.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func deleteJob(_ id: String, of key: ServicePrincipalKey) throws {
        try write { transaction in
            let stored = try Tenant.job(id, of: key, in: transaction.database)
            try transaction.delete(stored)
        }
    }

    /// Starts a job; its first cycle is due one interval later.
    ///
    /// Differs from Entra: the first cycle is due one interval after the start, not within minutes.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func startJob(_ id: String, of key: ServicePrincipalKey) throws {
        try change(id, of: key) { stored, _ in stored.job.start() }
    }

    /// Pauses a job: nothing runs until it is started again, from where it stopped.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func pauseJob(_ id: String, of key: ServicePrincipalKey) throws {
        try change(id, of: key) { stored, _ in stored.job.pause() }
    }

    /// Restarts a job, dropping the parts of its memory that the scope names.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func restartJob(
        _ id: String, of key: ServicePrincipalKey, scope: RestartScope
    ) throws {
        try change(id, of: key) { stored, transaction in
            // A restart of a job that rests drops what was uploaded meanwhile.
            if !stored.job.isScheduled {
                try transaction.database.bulkUploads.deleteAll(of: stored.job.id)
            }
            stored.job.restart(scope)
            if scope.contains(.watermark) { try transaction.forgetWatermark(of: &stored) }
            let database = transaction.database
            if scope.contains(.connectorDataStore) {
                try database.connections.deleteAll(job: id)
                stored.job.status.synchronizedEntryCountByType = []
            }
            if scope.contains(.escrows) { try database.escrows.deleteAll(job: id) }
            if scope.contains(.forceDeletes) {
                var memory = try database.jobMemories.load(job: id)
                memory["forcesDeletes"] = true
                try database.jobMemories.save(job: id, memory)
            }
        }
    }

    /// Changes a job and keeps the agenda in step with its schedule.
    private func change(
        _ id: String, of key: ServicePrincipalKey,
        _ body: (inout StoredJob, inout Transaction) throws -> Void
    ) throws {
        try write { transaction in
            var stored = try Tenant.job(id, of: key, in: transaction.database)
            try body(&stored, &transaction)
            try transaction.database.jobs.update(stored)
            try transaction.schedule(stored.job)
        }
    }
}

extension Transaction {
    /// Deletes a job with its schema and all of its memory.
    mutating func delete(_ stored: StoredJob) throws(StorageError) {
        try database.jobs.delete(id: stored.job.id)
        try database.connections.deleteAll(job: stored.job.id)
        try database.escrows.deleteAll(job: stored.job.id)
        try database.cycleWork.clear(job: stored.job.id)
        try database.jobMemories.delete(job: stored.job.id)
        try cancel(.cycle, stored.job.id)
    }

    /// Keeps the agenda in step with a job's schedule: what runs has a next cycle, what rests has none.
    mutating func schedule(_ job: SynchronizationJob) throws(StorageError) {
        guard job.isScheduled else { return try cancel(.cycle, job.id) }
        // Uploads are worked off at once, near enough to real time.
        if job.status.quarantine == nil, try !database.bulkUploads.isEmpty(of: job.id) {
            return try plan(AgendaItem(due: now, kind: .cycle, subject: job.id))
        }
        let known = try database.agenda.due(.cycle, job.id)
        // A job that left quarantine need not wait for what would have been its next attempt.
        guard
            known.map({ $0 > now + job.schedule.interval && job.status.quarantine == nil })
                ?? true
        else { return }
        try plan(AgendaItem(due: now + job.schedule.interval, kind: .cycle, subject: job.id))
    }
}
