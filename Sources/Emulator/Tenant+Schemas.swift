// Commands on the schemas of jobs and templates.

public import Model
import Provisioning
import Storage
import VirtualTime

extension Tenant {
    /// The schema in force for a job or a template.
    ///
    /// - Throws: `EmulatorError.jobNotFound` or `.templateNotFound`.
    public func schema(
        of schemaOwner: SchemaOwner, of key: ServicePrincipalKey
    ) throws -> SynchronizationSchema {
        try read { database in
            let owner = try Tenant.servicePrincipal(key, in: database)
            return try schema(of: schemaOwner, owner, in: database)
        }
    }

    /// The schema in force for a job: its own, or its template's under the job's identifier.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func schema(
        ofJob id: String, of key: ServicePrincipalKey
    ) throws -> SynchronizationSchema { try schema(of: .job(id), of: key) }

    private func schema(
        of schemaOwner: SchemaOwner, _ owner: DirectoryObject, in database: Database
    ) throws -> SynchronizationSchema {
        switch schemaOwner {
        case .job(let id):
            guard let stored = try database.jobs.load(id: id),
                stored.servicePrincipal == owner.id
            else { throw EmulatorError.jobNotFound(id) }
            return try schema(of: stored, in: database)
        case .template(let id):
            let known = try templates(of: owner, in: database)
            guard known.contains(where: { $0.id == id }) else {
                throw EmulatorError.templateNotFound(id)
            }
            return try templateSchema(id, of: owner.id, in: database)
        }
    }

    func schema(of stored: StoredJob, in database: Database) throws -> SynchronizationSchema {
        if stored.hasOwnSchema, let own = try database.jobs.loadSchema(id: stored.job.id) {
            return own
        }
        let schema = try templateSchema(
            stored.job.templateID, of: stored.servicePrincipal, in: database
        ).identified(stored.job.id)
        let memory = try database.jobMemories.load(job: stored.job.id)
        return memory["scopes"]?.object.map(schema.scoped) ?? schema
    }

    /// Gives a job or a template a schema of its own; the next cycle reads everything again.
    ///
    /// The identifier and the version of the document are not the client's to choose.
    ///
    /// - Throws: `EmulatorError.jobNotFound` or `.templateNotFound`; `.invalidSchema` for a document
    ///   that no cycle could carry out.
    public func replaceSchema(
        of schemaOwner: SchemaOwner, of key: ServicePrincipalKey,
        with schema: SynchronizationSchema
    ) throws {
        try changeSchema(of: schemaOwner, of: key) { _, _ in schema }
    }

    /// Gives a job a schema of its own.
    ///
    /// - Throws: as `replaceSchema(of:of:with:)`.
    public func replaceSchema(
        ofJob id: String, of key: ServicePrincipalKey, with schema: SynchronizationSchema
    ) throws { try replaceSchema(of: .job(id), of: key, with: schema) }

    /// Takes the own schema of a job or a template away; the default is in force again.
    ///
    /// - Throws: `EmulatorError.jobNotFound` or `.templateNotFound`.
    public func resetSchema(
        of schemaOwner: SchemaOwner, of key: ServicePrincipalKey
    ) throws {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            _ = try schema(of: schemaOwner, owner, in: transaction.database)
            try transaction.store(nil, of: schemaOwner, owner.id)
        }
    }

    /// Changes the schema in force, with all that a save means.
    func changeSchema(
        of schemaOwner: SchemaOwner, of key: ServicePrincipalKey,
        _ change: (SynchronizationSchema, inout Transaction) throws -> SynchronizationSchema
    ) throws {
        try write { transaction in
            let owner = try Tenant.servicePrincipal(key, in: transaction.database)
            let previous = try schema(of: schemaOwner, owner, in: transaction.database)
            let changed = try change(previous, &transaction)
            try saveSchema(changed, of: schemaOwner, owner.id, &transaction)
        }
    }

    /// Checks a schema, gives it the next version and keeps it.
    func saveSchema(
        _ schema: SynchronizationSchema, of schemaOwner: SchemaOwner, _ owner: GUID,
        _ transaction: inout Transaction
    ) throws {
        let findings = SchemaCheck.findings(in: schema)
        guard findings.isEmpty else { throw EmulatorError.invalidSchema(findings) }
        let database = transaction.database
        let id: String
        let inForce: SynchronizationSchema
        switch schemaOwner {
        case .job(let job):
            id = job
            guard let stored = try database.jobs.load(id: job) else {
                throw EmulatorError.jobNotFound(job)
            }
            inForce = try self.schema(of: stored, in: database)
        case .template(let template):
            inForce = try templateSchema(template, of: owner, in: database)
            id = inForce.json["id"]?.string ?? template
        }
        // A version that was given once is never given again, also after a reset.
        let name = ValueName.schemaVersion(of: id, owner)
        let last = try database.values.load(name) ?? inForce.version
        let saved = schema.identified(id).version(after: last)
            .identifyingDirectories { transaction.ids.next() }
        try database.values.save(name, saved.version)
        try transaction.store(saved, of: schemaOwner, owner)
    }
}

extension Transaction {
    /// Keeps a schema, or with nil the default one; the jobs that it is in force for read all again.
    fileprivate func store(
        _ schema: SynchronizationSchema?, of schemaOwner: SchemaOwner, _ owner: GUID
    ) throws {
        switch schemaOwner {
        case .job(let id):
            try database.jobs.saveSchema(id: id, schema)
            var memory = try database.jobMemories.load(job: id)
            if memory["scopes"] != nil {
                memory["scopes"] = nil
                try database.jobMemories.save(job: id, memory)
            }
            try forgetWatermark { $0.job.id == id }
        case .template(let id):
            var changed =
                try database.templates.load(id, of: owner) ?? TemplateCustomization(templateID: id)
            changed.schema = schema
            try database.templates.save(changed, of: owner)
            try forgetWatermark {
                $0.servicePrincipal == owner && $0.job.templateID == id && !$0.hasOwnSchema
            }
        }
    }

    private func forgetWatermark(_ isMeant: (StoredJob) -> Bool) throws {
        for var stored in try database.jobs.list() where isMeant(stored) {
            try forgetWatermark(of: &stored)
            try database.jobs.update(stored)
        }
    }
}

extension ValueName {
    /// The version that a schema was saved under last.
    fileprivate static func schemaVersion(of id: String, _ owner: GUID) -> String {
        "schemaVersion/\(owner)/\(id)"
    }
}
