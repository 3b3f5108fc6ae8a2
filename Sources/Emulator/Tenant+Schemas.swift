// Commands on schemas and secrets.

public import Model
import Storage
import VirtualTime

extension Tenant {
    /// The templates that a service principal is offered.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func templates(of key: ServicePrincipalKey) throws -> [SynchronizationTemplate] {
        gallery.templates(of: try servicePrincipal(key))
    }

    /// One of the templates that a service principal is offered.
    ///
    /// - Throws: `EmulatorError.templateNotFound`.
    public func template(
        _ id: String, of key: ServicePrincipalKey
    ) throws -> SynchronizationTemplate {
        guard let found = try templates(of: key).first(where: { $0.id == id }) else {
            throw EmulatorError.templateNotFound(id)
        }
        return found
    }

    /// The schema in force for a job: its own, or its template's under the job's identifier.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func schema(
        ofJob id: String, of key: ServicePrincipalKey
    ) throws -> SynchronizationSchema {
        try read { database in
            try schema(of: try Tenant.job(id, of: key, in: database), in: database)
        }
    }

    func schema(of stored: StoredJob, in database: Database) throws -> SynchronizationSchema {
        if stored.hasOwnSchema, let own = try database.jobs.loadSchema(id: stored.job.id) {
            return own
        }
        return try gallery.schema(of: stored.job.templateID).identified(stored.job.id)
    }

    /// Gives a job a schema of its own; the next cycle reads everything again.
    ///
    /// The identifier and the version of the document are not the client's to choose.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func replaceSchema(
        ofJob id: String, of key: ServicePrincipalKey, with schema: SynchronizationSchema
    ) throws {
        try changeSchema(ofJob: id, of: key) { previous, transaction in
            schema.identified(id).version(after: previous.version)
                .identifyingDirectories { transaction.ids.next() }
        }
    }

    /// Takes a job's own schema away; its template's is in force again.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func resetSchema(ofJob id: String, of key: ServicePrincipalKey) throws {
        try changeSchema(ofJob: id, of: key) { _, _ in nil }
    }

    private func changeSchema(
        ofJob id: String, of key: ServicePrincipalKey,
        _ change: (SynchronizationSchema, inout Transaction) -> SynchronizationSchema?
    ) throws {
        try write { transaction in
            var stored = try Tenant.job(id, of: key, in: transaction.database)
            let previous = try schema(of: stored, in: transaction.database)
            let changed = change(previous, &transaction)
            try transaction.database.jobs.saveSchema(id: id, changed)
            stored.watermark = nil
            try transaction.database.jobs.update(stored)
        }
    }

    /// The secrets of a service principal's synchronization, as they were written.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func secrets(of key: ServicePrincipalKey) throws -> [SynchronizationSecret] {
        try read { database in
            let owner = try Tenant.servicePrincipal(key, in: database)
            return try database.secrets.list(of: owner.id)
        }
    }

    /// Writes secrets over those of the same keys; an empty value removes its key.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func saveSecrets(
        _ secrets: [SynchronizationSecret], of key: ServicePrincipalKey
    ) throws {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            try transaction.database.secrets.save(secrets, of: owner.id)
        }
    }
}
