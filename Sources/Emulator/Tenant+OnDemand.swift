// One object, now: provisioning on demand, dry runs, and the links between objects.

import Dispatch
public import Model
public import Provisioning
import Storage
import VirtualTime

/// An object that is to be provisioned on demand.
public struct OnDemandSubject: Sendable, Equatable {
    /// Its identifier in the source: an object's, a worker's, or a distinguished name.
    public var id: String
    /// Its type in the source.
    public var type: String
    /// Members of a group whose membership is provisioned with it.
    public var members: [String]

    /// Makes a subject.
    public init(id: String, type: String, members: [String] = []) {
        self.id = id
        self.type = type
        self.members = members
    }
}

/// Why nothing was provisioned on demand.
public enum OnDemandError: Error, Sendable, Equatable {
    /// The job's schema has no such rule, or none for this type of object.
    case ruleNotFound(job: String, rule: String)
    /// The source has no such object.
    case subjectNotFound(String)
    /// No credentials are saved.
    case credentialsMissing
    /// The target refused the job altogether.
    case target(TargetFailure)
}

extension Tenant {
    /// Provisions one object now, whether the job runs or not.
    ///
    /// Only on the tenant's own queue (`perform`).
    ///
    /// - Throws: `OnDemandError`; `EmulatorError.jobNotFound`.
    public func provisionOnDemand(
        _ subject: OnDemandSubject, rule ruleID: String, ofJob id: String,
        of key: ServicePrincipalKey
    ) throws -> OnDemandAnswer {
        dispatchPrecondition(condition: .onQueue(schedule))
        let stored = try job(id, of: key)
        let cycle = Cycle(
            job: stored.job, servicePrincipal: stored.servicePrincipal,
            watermark: stored.watermark, began: now)
        let plan = try read { try CyclePlan(cycle, tenant: self, in: $0) }
        // A suffix such as `#V2` names a version of the same rule.
        let plain = String(ruleID.prefix { $0 != "#" })
        guard
            let index = plan.rules.firstIndex(where: {
                $0.ruleID == plain && $0.sourceType.lowercased() == subject.type.lowercased()
            })
        else { throw OnDemandError.ruleNotFound(job: id, rule: ruleID) }
        let run: RunningCycle
        do throws(TargetFailure) {
            let target = try target(of: cycle, plan, isOnDemand: true)
            run = RunningCycle(
                cycle, plan, target: target, id: GUID(high: makeSeed(), low: makeSeed()),
                tenant: self)
        } catch {
            guard error.status == nil, error.kind == .credentials else {
                throw OnDemandError.target(error)
            }
            throw OnDemandError.credentialsMissing
        }
        let records: [ProvisioningRecord]
        do {
            records = try run.provision(subject, index)
        } catch let failure as TargetFailure { throw OnDemandError.target(failure) }
        let counted = run.counted
        let change = try write { transaction in
            if var current = try transaction.database.jobs.load(id: id) {
                for count in counted {
                    current.job.countSynchronized(
                        count.count, from: count.source, to: count.target)
                }
                try transaction.database.jobs.update(current)
            }
            return transaction.ids.next()
        }
        guard let record = records.first else { throw OnDemandError.subjectNotFound(subject.id) }
        return record.onDemand(
            with: Array(records.dropFirst()), change: change, began: cycle.began,
            ended: max(cycle.began, now), by: plan.rules[index],
            in: run.recordSurroundings)
    }

    /// What the next cycle of a job would do, without doing any of it.
    ///
    /// Only on the tenant's own queue (`perform`).
    ///
    /// - Returns: `{"jobId","initial","execution","error","changes"}`; each change as
    ///   `{"action","status","source","target","modifiedProperties"}`.
    /// - Throws: `EmulatorError.jobNotFound`.
    public func planCycle(ofJob id: String) throws -> JSONObject {
        dispatchPrecondition(condition: .onQueue(schedule))
        guard let stored = try read({ try $0.jobs.load(id: id) }) else {
            throw EmulatorError.jobNotFound(id)
        }
        let cycle = Cycle(
            job: stored.job, servicePrincipal: stored.servicePrincipal,
            watermark: stored.watermark, began: now)
        var error: JSONValue = .null
        var changes: [JSONValue] = []
        var execution = SynchronizationTaskExecution()
        execution.timeBegan = cycle.began
        execution.timeEnded = cycle.began
        do {
            let run = try ProvisioningCycleRunner().plan(cycle, in: self)
            changes = (run.planned?.changes ?? []).map(\.json)
            execution = run.execution
            execution.activityIdentifier = nil
            execution.timeEnded = cycle.began
        } catch let failure as TargetFailure {
            error = ["code": .string(failure.code), "message": .string(failure.message)]
        } catch let fault as MappingFault {
            error = [
                "code": "SchemaInvalid", "message": .string("\(fault.part): \(fault.message)"),
            ]
        }
        return JSONObject([
            ("jobId", .string(id)), ("initial", .bool(cycle.watermark == nil)),
            ("execution", .object(execution.json)), ("error", error),
            ("changes", .array(changes)),
        ])
    }

    /// The link of an object by its identifier in the source or in the target; nil for none.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func objectConnection(
        _ anchor: String, ofJob id: String, of key: ServicePrincipalKey
    ) throws -> ObjectConnection? {
        try read { database in
            _ = try Tenant.job(id, of: key, in: database)
            return try database.connections.find(job: id, anchor: anchor).map(ObjectConnection.init)
        }
    }

    /// Removes the link of an object, so that it is matched again; one that has none is no error.
    ///
    /// - Throws: `EmulatorError.jobNotFound`, `.jobIsActive`.
    public func deleteObjectConnection(
        _ anchor: String, ofJob id: String, of key: ServicePrincipalKey
    ) throws {
        try write { transaction in
            let database = transaction.database
            let stored = try Tenant.job(id, of: key, in: database)
            guard !stored.job.isScheduled else { throw EmulatorError.jobIsActive(id) }
            guard let row = try database.connections.find(job: id, anchor: anchor) else { return }
            try database.connections.delete(
                job: id, objectType: row.objectType, sourceAnchor: row.sourceAnchor)
        }
    }

    /// Puts a job into quarantine by hand, as the service's operators can.
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func quarantineJob(_ id: String, reason: String) throws {
        try write { transaction in
            guard var stored = try transaction.database.jobs.load(id: id) else {
                throw EmulatorError.jobNotFound(id)
            }
            stored.job.quarantine(reason: reason, error: nil, at: transaction.now)
            try transaction.database.jobs.update(stored)
            guard stored.job.isScheduled, let next = stored.job.status.quarantine?.nextAttempt
            else { return }
            try transaction.plan(AgendaItem(due: next, kind: .cycle, subject: id))
        }
    }
}

extension RunningCycle {
    /// Provisions one object and keeps what came out.
    ///
    /// - Returns: its record, then those of its references.
    /// - Throws: `OnDemandError.subjectNotFound`; `TargetFailure`; `StorageError`.
    fileprivate func provision(
        _ subject: OnDemandSubject, _ index: Int
    ) throws -> [ProvisioningRecord] {
        captured = []
        let rule = plan.rules[index]
        let reader = reader(index)
        let row = try tenant.read { database -> SourceRow? in
            if let row = try database.sources.load(
                subject.id, of: reader.directory, objectType: rule.sourceType)
            {
                return row
            }
            guard case .application(let owner, let name) = reader.directory,
                let id = rule.sourceKind == .workers
                    ? try database.sources.find(
                        workerID: subject.id, servicePrincipal: owner, directory: name)
                    : try database.sources.find(
                        distinguishedName: subject.id, servicePrincipal: owner, directory: name)
            else { return nil }
            return try database.sources.load(
                id, of: reader.directory, objectType: rule.sourceType)
        }
        guard let row else { throw OnDemandError.subjectNotFound(subject.id) }
        try process(
            [Item(id: row.id, row: row, arrival: .demanded)], index, reader,
            holdsDeletions: false)
        guard captured?.isEmpty == false else { throw OnDemandError.subjectNotFound(subject.id) }
        if rule.sourceType != "Group" || !subject.members.isEmpty {
            try runReferences(
                ofObject: row.id, index,
                only: rule.sourceType == "Group" ? Set(subject.members) : nil)
        }
        return captured ?? []
    }
}
