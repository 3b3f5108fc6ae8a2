// The runner behind every job: what a cycle did becomes the job's state.

import Model
public import Provisioning
import Storage
import VirtualTime

/// Runs real cycles: source to target, with everything that is remembered and logged on the way.
///
/// Follows "How application provisioning works in Microsoft Entra ID".
public struct ProvisioningCycleRunner: CycleRunner {
    private let quarantineRule: QuarantineRule

    /// A runner; it has no state.
    ///
    /// - Parameter quarantineRule: how many failures put a job into quarantine.
    public init(quarantineRule: QuarantineRule = QuarantineRule()) {
        self.quarantineRule = quarantineRule
    }

    /// Runs one cycle to its end.
    ///
    /// - Throws: `StorageError` when the store fails; what a target refuses is a result.
    public func run(_ cycle: Cycle, in tenant: Tenant) throws -> CycleResult {
        // A cycle without anything to do asks nobody anything.
        if let watermark = cycle.watermark,
            try tenant.read({ database in
                try database.changes.latest() == watermark
                    && !database.escrows.isAnyDue(job: cycle.job.id, at: cycle.began)
                    && database.bulkUploads.isEmpty(of: cycle.job.id)
            })
        {
            return try idle(cycle, watermark, in: tenant)
        }
        try tenant.reach(cycle.began)
        let plan: CyclePlan
        do {
            plan = try tenant.read { try CyclePlan(cycle, tenant: tenant, in: $0) }
        } catch let fault as MappingFault {
            // Unverified: how a job fares whose schema can't be run.
            let failure = TargetFailure(
                .entry, code: "SchemaInvalid", message: "\(fault.part): \(fault.message)")
            return try failed(cycle, nil, failure, in: tenant)
        }
        let begun = try tenant.write { transaction -> GUID? in
            if let watermark = cycle.watermark {
                try collect(cycle, plan, after: watermark, key: cycle.job.id, in: transaction)
                let database = transaction.database
                let uploads: Int64 = try database.bulkUploads.isEmpty(of: cycle.job.id) ? 0 : 1
                let work = try database.cycleWork.count(job: cycle.job.id).objects + uploads
                guard work > 0 else { return nil }
            }
            return transaction.ids.next()
        }
        guard let id = begun else { return try idle(cycle, plan.latest, in: tenant) }
        var run: RunningCycle?
        do {
            let target = try tenant.target(of: cycle, plan)
            try target.probe()
            let made = RunningCycle(cycle, plan, target: target, id: id, tenant: tenant)
            run = made
            made.lines = tenant.lines(to: target)
            try made.run()
            return try finish(made)
        } catch let failure as TargetFailure {
            return try failed(cycle, run, failure, id: id, in: tenant)
        }
    }

    /// What a cycle would do, without doing any of it.
    ///
    /// - Returns: the changes in order; or the target's refusal.
    /// - Throws: `StorageError`, `MappingFault`, `TargetFailure`.
    func plan(_ cycle: Cycle, in tenant: Tenant) throws -> RunningCycle {
        let plan = try tenant.read { try CyclePlan(cycle, tenant: tenant, in: $0) }
        if let watermark = cycle.watermark {
            try tenant.write { transaction in
                try collect(
                    cycle, plan, after: watermark, key: "plan " + cycle.job.id, in: transaction)
            }
        }
        let target = try tenant.target(of: cycle, plan)
        try target.probe()
        let run = RunningCycle(
            cycle, plan, target: PlanTarget(target: target), id: GUID(high: 0, low: 0),
            tenant: tenant)
        run.planned = PlannedChanges()
        try run.run()
        return run
    }

    /// Collects what an incremental cycle has to look at.
    private func collect(
        _ cycle: Cycle, _ plan: CyclePlan, after watermark: Int64, key: String,
        in transaction: Transaction
    ) throws {
        let database = transaction.database
        try database.cycleWork.clear(job: key)
        var feeds: [String] = []
        for (index, rule) in plan.rules.enumerated() {
            let directory = DirectoryName(rule.sourceDirectory, of: cycle.servicePrincipal)
            guard !feeds.contains(rule.sourceDirectory + rule.sourceType) else { continue }
            feeds.append(rule.sourceDirectory + rule.sourceType)
            try database.cycleWork.collectChanges(
                job: key, in: directory, objectType: rule.sourceType, after: watermark,
                upTo: plan.latest)
            if rule.sourceDirectory == SourceReader.uploads {
                try database.cycleWork.leaveToReferences(job: key, objectType: rule.sourceType)
            }
            if !rule.groups.isEmpty {
                try collectGroupFilter(
                    SourceReader(index, plan, at: cycle.began), after: watermark, cycle, key,
                    in: database)
            }
        }
        if !plan.syncsAll {
            try database.cycleWork.collectAssignments(
                job: key, resource: cycle.servicePrincipal, after: watermark, upTo: plan.latest)
        }
        try database.cycleWork.collectEscrows(
            job: cycle.job.id, into: key, dueAt: cycle.began)
    }

    private func idle(_ cycle: Cycle, _ watermark: Int64, in tenant: Tenant) throws -> CycleResult {
        var execution = SynchronizationTaskExecution()
        execution.timeBegan = cycle.began
        execution.timeEnded = cycle.began
        // What waits for its next attempt is still in error.
        execution.take(try tenant.read { try $0.escrows.counts(job: cycle.job.id) })
        return CycleResult(
            execution: execution, watermark: watermark,
            isSteady: execution.countEscrowedRaw == 0)
    }

    /// The record of a run that did not come to its end: what it did until then, and what is in error.
    private func failed(
        _ cycle: Cycle, _ run: RunningCycle?, _ failure: TargetFailure, id: GUID? = nil,
        in tenant: Tenant
    ) throws -> CycleResult {
        var execution = run?.execution ?? SynchronizationTaskExecution()
        execution.activityIdentifier = id?.description
        execution.timeBegan = cycle.began
        execution.timeEnded = max(cycle.began, tenant.now)
        execution.take(try tenant.read { try $0.escrows.counts(job: cycle.job.id) })
        execution.state = .failed
        let error = SynchronizationError(
            code: failure.code, message: failure.message, tenantActionable: true)
        execution.error = error
        var result = CycleResult(
            execution: execution, watermark: cycle.watermark ?? 0, isSteady: false)
        result.keepsWatermark = true
        result.quarantine = CycleResult.Quarantine(
            reason: "EncounteredQuarantineException", error: error)
        result.synchronized = run?.counted ?? []
        return result
    }

    private func finish(_ run: RunningCycle) throws -> CycleResult {
        var execution = run.execution
        // Differs from Entra: a cycle takes no virtual time while the clock stands.
        execution.timeEnded = max(run.cycle.began, run.tenant.now)
        let job = run.jobID
        execution.take(try run.tenant.read { try $0.escrows.counts(job: job) })
        var result = CycleResult(
            execution: execution, watermark: run.plan.latest,
            isSteady: execution.countEscrowed == 0 && run.stagedDeletes == 0)
        result.synchronized = run.counted
        result.tookUploads = run.tookUploads
        let reason = quarantineRule.reason(
            failures: run.failures, referenceFailures: run.referenceFailures, events: run.events)
        if let reason {
            // Unverified: which thresholds have the failures of an initial cycle dropped, so that it
            // comes to its end and the job pauses, and which put the job into quarantine even then.
            result.prunesEscrows =
                run.isInitial && reason != "EncounteredEscrowProportionThreshold"
            if !result.prunesEscrows {
                result.quarantine = CycleResult.Quarantine(reason: reason, error: nil)
            }
        }
        if run.stagedDeletes > 0 {
            result.quarantine = CycleResult.Quarantine(
                reason: "TooManyDeletes",
                error: SynchronizationError(
                    code: "TooManyDeletes",
                    message: "The cycle would disable or delete \(run.stagedDeletes) objects, "
                        + "which is more than the threshold of "
                        + "\(run.plan.deletionThreshold ?? 0) allows.", tenantActionable: true))
        }
        try run.tenant.dropOldProvisioningLogs()
        try run.tenant.write { transaction in
            let database = transaction.database
            try database.cycleWork.clear(job: job)
            if result.prunesEscrows { try database.escrows.deleteAll(job: job) }
            if run.plan.forcesDeletes {
                var memory = try database.jobMemories.load(job: job)
                memory["forcesDeletes"] = nil
                try database.jobMemories.save(job: job, memory)
            }
        }
        return result
    }
}

extension SynchronizationTaskExecution {
    /// Takes in what is in error at the run's end.
    fileprivate mutating func take(_ escrows: EscrowCounts) {
        countEscrowed = escrows.entries + escrows.references
        countEscrowedRaw = countEscrowed + escrows.stagedDeletes
        state = countEscrowed > 0 ? .entryLevelErrors : .succeeded
    }
}

extension RunningCycle {
    /// Objects that were linked, by the types of both sides.
    var counted: [CycleResult.Synchronized] {
        synchronized.sorted { $0.key[0] > $1.key[0] }.map {
            CycleResult.Synchronized(source: $0.key[0], target: $0.key[1], count: $0.value)
        }
    }
}

extension Tenant {
    /// Moves a standing clock to the instant of a cycle that has something to do.
    func reach(_ instant: Timestamp) throws {
        guard clock.mode == .manual, instant > now else { return }
        try write { transaction in
            transaction.clock.set(to: instant, real: RealTime.now())
        }
    }

    /// The directory that a cycle writes to: the tenant's own, or an application over SCIM.
    func target(
        of cycle: Cycle, _ plan: CyclePlan, isOnDemand: Bool = false
    ) throws(TargetFailure) -> any TargetDirectory {
        let isInbound = plan.rules.contains { rule in
            DirectoryName(rule.targetDirectory, of: cycle.servicePrincipal) == .tenant
        }
        guard !isInbound else { return TenantDirectory(self) }
        // Provisioning on demand is documented not to follow the flag of the tenant URL.
        let target = try makeTarget(
            for: cycle.servicePrincipal, job: cycle.job.id, schema: plan.schema,
            followsFlag: !isOnDemand)
        target.types = plan.targetTypes
        return target
    }
}
