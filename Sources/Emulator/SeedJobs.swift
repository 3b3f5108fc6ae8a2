// The jobs of a seed: new ones, and those that an export shows in the middle of their work.

import Model
import Storage

/// Loads a seed's `jobs`.
///
/// An element with a `status` is a job as Graph shows it, with its schedule, its settings and all that
/// became of it; one without is as good as new, and started where its schedule's `state` is `Active`.
struct SeedJobs {
    let seed: Seed
    let tenant: GUID
    let gallery: Gallery

    func load(into transaction: inout Transaction) throws {
        let hasAgenda = SeedRecords(seed: seed, types: gallery.types).hasAgenda
        for element in try seed.elements("jobs") {
            let owner = try element.guid("servicePrincipalId")
            guard let principal = try transaction.database.anyServicePrincipal(owner) else {
                throw element.failure("servicePrincipalId", "names no service principal")
            }
            let job = try known(element) ?? new(element, of: principal)
            let stored = StoredJob(job: job, servicePrincipal: owner)
            try element.insert("id") {
                () throws(StorageError) in try transaction.database.jobs.insert(stored)
            }
            if let schema = element.members["schema"], !schema.isNull {
                try transaction.database.jobs.saveSchema(
                    id: job.id, try self.schema(schema, element))
            }
            try loadScopes(of: job.id, element, into: transaction)
            // What has a past was planned there, and the agenda is among the records.
            if !hasAgenda || element.members["status"] == nil { try transaction.schedule(job) }
        }
    }

    /// Scoping filters that stand in for the schema's own, so that a seed need not repeat a schema.
    private func loadScopes(
        of job: String, _ element: SeedElement, into transaction: Transaction
    ) throws {
        guard let scopes = element.members["scopes"], !scopes.isNull else { return }
        guard let filters = scopes.object,
            filters.members.allSatisfy({ $0.value.object != nil })
        else { throw element.failure("scopes", "is no object of scoping filters") }
        try transaction.database.jobMemories.save(job: job, JSONObject([("scopes", scopes)]))
    }

    /// A job as an export shows it; nil for one without a past.
    private func known(_ element: SeedElement) throws -> SynchronizationJob? {
        guard let status = element.members["status"], !status.isNull else { return nil }
        guard let job = SynchronizationJob(.object(element.members)) else {
            throw element.failure("status", "does not fit its type, or the job is not whole")
        }
        return job
    }

    private func new(
        _ element: SeedElement, of principal: DirectoryObject
    ) throws -> SynchronizationJob {
        guard let template = gallery.template(try element.text("templateId")) else {
            throw element.failure("templateId", "names no template")
        }
        let application = principal.appID ?? principal.id
        let id =
            element.members["id"]?.string
            ?? template.jobID(tenant: tenant, application: application)
        var job = SynchronizationJob(
            id: id, templateID: template.id, interval: template.interval,
            settings: template.settings)
        switch element.members["schedule"]?.object?["state"]?.string {
        case "Active": job.start()
        case nil, "Disabled": break
        case "Paused": job.pause()
        default: throw element.failure("schedule.state", "is no state of a schedule")
        }
        return job
    }

    /// A job's own schema, checked and complete as a PUT's is.
    private func schema(
        _ document: JSONValue, _ element: SeedElement
    ) throws -> SynchronizationSchema {
        do throws(BodyError) {
            return try SynchronizationSchema(completing: document, by: gallery.types)
        } catch {
            throw element.failure("schema." + error.path, "does not fit its type")
        }
    }
}

extension Database {
    /// A service principal, be it in the recycle bin.
    func anyServicePrincipal(_ id: GUID) throws(StorageError) -> DirectoryObject? {
        guard let found = try directory.load(id: id), found.kind == .servicePrincipal else {
            return nil
        }
        return found.object
    }
}

extension SeedElement {
    /// Runs an insert; a value that is taken is told by the element's member.
    func insert(_ member: String, _ body: () throws(StorageError) -> Void) throws {
        do throws(StorageError) { try body() } catch {
            guard case .statement(let code, _, _) = error, code & 0xFF == 19 else { throw error }
            throw failure(member, "is taken or missing")
        }
    }
}
