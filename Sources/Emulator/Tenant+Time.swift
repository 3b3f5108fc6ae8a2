// Time: what is due runs, in order, whether the clock runs or is moved.

import Dispatch
public import Model
import Storage
public import VirtualTime

/// A cycle that ran.
public struct CycleRun: Sendable, Equatable {
    /// The job's identifier.
    public let jobID: String
    /// The record that the job shows.
    public let execution: SynchronizationTaskExecution
}

extension Tenant {
    /// Moves the clock by a duration and runs everything that is due on the way, in order.
    ///
    /// Only on the tenant's own queue (`perform`). A clock that runs goes on from the new instant.
    ///
    /// - Returns: the cycles that ran, in order.
    /// - Throws: `StorageError` when the store fails; cycles that ran before stay done.
    public func advance(by duration: ISODuration) throws -> [CycleRun] {
        let target = now + duration
        try checkCycles(until: target)
        return try move(to: target)
    }

    /// Moves the clock to an instant and runs everything that is due on the way, in order.
    ///
    /// - Returns: the cycles that ran, in order.
    /// - Throws: `EmulatorError.timeGoesBack` for an instant that is past.
    public func advance(to target: Timestamp) throws -> [CycleRun] {
        try checkAdvance(to: target)
        return try move(to: target)
    }

    private func move(to target: Timestamp) throws -> [CycleRun] {
        dispatchPrecondition(condition: .onQueue(schedule))
        let runs = try runDue(until: target)
        try write { transaction in
            // A clock that runs may have passed the target while cycles ran.
            let reached = max(target, transaction.now)
            transaction.clock.set(to: reached, real: RealTime.now())
        }
        publishClock()
        return runs
    }

    /// Whether the clock can be moved to an instant.
    ///
    /// - Throws: `EmulatorError.timeGoesBack` for an instant that is past, `.tooManyCycles` when the
    ///   way there is too long for one call.
    public func checkAdvance(to target: Timestamp) throws {
        let now = now
        guard target >= now else { throw EmulatorError.timeGoesBack(now: now, asked: target) }
        try checkCycles(until: target)
    }

    /// Whether the way to an instant is short enough for one call.
    ///
    /// - Throws: `EmulatorError.tooManyCycles` when it is not.
    public func checkCycles(until target: Timestamp) throws {
        let way = max(0, (target - now).ticks)
        let cycles = try allJobs().filter(\.stored.job.isScheduled).reduce(into: Int64(0)) {
            $0 += way / max(1, $1.stored.job.schedule.interval.ticks)
        }
        guard cycles <= Limits.cyclesInOneAdvance else {
            throw EmulatorError.tooManyCycles(count: cycles, limit: Limits.cyclesInOneAdvance)
        }
    }

    /// Changes how the clock goes on; what it shows stays.
    ///
    /// - Throws: `StorageError` when the store fails.
    public func changeClock(mode: ClockMode) throws {
        try write { transaction in
            transaction.clock.change(mode: mode, real: RealTime.now())
        }
        publishClock()
    }

    /// Tells whoever listens what the clock shows.
    func publishClock() {
        let clock = clock
        publish(
            TenantEvent(.clock, at: now) {
                ["mode": .string(clock.mode.description)]
            })
    }

    /// Runs one cycle of a job now, whatever its schedule says; its next cycle stays where it was.
    ///
    /// Only on the tenant's own queue (`perform`).
    ///
    /// - Throws: `EmulatorError.jobNotFound`.
    public func runCycle(ofJob id: String) throws -> CycleRun {
        dispatchPrecondition(condition: .onQueue(schedule))
        guard let run = try runCycle(ofJob: id, at: now, due: nil) else {
            throw EmulatorError.jobNotFound(id)
        }
        return run
    }

    func timerDidFire() {
        // Up to this instant only: a clock that runs faster than its cycles must not keep others, who
        // want to stop it, from the queue.
        do {
            _ = try runDue(until: now)
            arm()
        } catch {
            // A store that fails, a full disk say, fails the next command too, and that one tells its
            // caller; until then it is tried again now and then, not at once.
            arm(atLeast: .seconds(Limits.secondsAfterFailure))
        }
    }

    /// Runs what is due until an instant, in order.
    private func runDue(until target: Timestamp) throws -> [CycleRun] {
        var runs: [CycleRun] = []
        while let item = try read({ try $0.agenda.next() }), item.due <= target {
            switch item.kind {
            case .cycle:
                if let run = try runCycle(ofJob: item.subject, at: item.due, due: item.due) {
                    runs.append(run)
                }
            case .purge: try runPurge(item)
            case .effectiveDate:
                try write { transaction in try transaction.runEffectiveDate(item) }
            }
        }
        return runs
    }

    /// Ends a deleted object's thirty days.
    private func runPurge(_ item: AgendaItem) throws {
        try write { transaction in
            guard let id = GUID(parsing: item.subject) else {
                return try transaction.cancel(.purge, item.subject)
            }
            try purge(id, in: &transaction)
        }
    }

    /// Runs one cycle: the job as it is, the runner without a lock, the job as it is by then.
    private func runCycle(
        ofJob id: String, at instant: Timestamp, due: Timestamp?
    ) throws -> CycleRun? {
        try followMembershipRules()
        let (found, resets, seen) = try read { database in
            let found = try database.jobs.load(id: id)
            let resets = found?.watermark == nil ? try database.jobMemories.resets(of: id) : 0
            return (found, resets, generation)
        }
        guard let stored = found else {
            try write { transaction in try transaction.cancel(.cycle, id) }
            return nil
        }
        let result = try runner.run(
            Cycle(
                job: stored.job, servicePrincipal: stored.servicePrincipal,
                watermark: stored.watermark, began: instant),
            in: self)
        let run: CycleRun? = try write { transaction in
            let jobs = transaction.database.jobs
            // Read anew where anybody wrote meanwhile; mostly nobody did.
            let isUntouched = generation == seen
            guard var current = isUntouched ? stored : try jobs.load(id: id) else { return nil }
            var execution = result.execution
            if execution.activityIdentifier == nil {
                execution.activityIdentifier = transaction.ids.next().description
            }
            let isReset =
                try !isUntouched && stored.watermark == nil
                && transaction.database.jobMemories.resets(of: id) != resets
            current.take(execution, result, at: instant, earlier: stored, isReset: isReset)
            try jobs.update(current)
            let changedHealth =
                result.quarantine != nil || stored.job.status.quarantine != nil
            if let due = due ?? (changedHealth ? instant : nil), current.job.isScheduled {
                let next =
                    current.job.status.quarantine?.nextAttempt ?? due
                    + current.job.schedule.interval
                // Time ends with the year 9999, and nothing is due after it.
                if next > due {
                    try transaction.plan(AgendaItem(due: next, kind: .cycle, subject: id))
                } else {
                    try transaction.cancel(.cycle, id)
                }
            }
            // Uploads that came while others were worked off do not wait for the next turn.
            if result.tookUploads { try transaction.schedule(current.job) }
            // A cycle that disabled its job is the last one.
            if !current.job.isScheduled { try transaction.cancel(.cycle, id) }
            if transaction.clock.mode == .manual, instant > transaction.now {
                transaction.clock.set(to: instant, real: RealTime.now())
            }
            return CycleRun(jobID: id, execution: execution)
        }
        if let run {
            publish(
                TenantEvent(.cycle, at: instant) {
                    ["jobId": .string(run.jobID), "execution": .object(run.execution.json)]
                })
        }
        return run
    }
}

extension StoredJob {
    /// Takes in what a cycle did.
    fileprivate mutating func take(
        _ execution: SynchronizationTaskExecution, _ result: CycleResult, at instant: Timestamp,
        earlier: StoredJob, isReset: Bool
    ) {
        let series = job.status.quarantine
        job.finish(execution, isSteady: result.isSteady)
        for counted in result.synchronized {
            job.countSynchronized(counted.count, from: counted.source, to: counted.target)
        }
        if earlier.watermark == nil, execution.state != .failed {
            job.status.escrowsPruned = result.prunesEscrows
        }
        // The customer has to look at what was dropped first.
        if result.prunesEscrows { job.pause() }
        if let quarantine = result.quarantine {
            job.status.quarantine = series
            job.quarantine(reason: quarantine.reason, error: quarantine.error, at: instant)
        }
        // A restart or a new schema that came meanwhile has the next cycle read everything.
        if watermark == earlier.watermark, !isReset, !result.keepsWatermark {
            watermark = result.watermark
        }
    }
}

extension Transaction {
    /// Has a job's next cycle read its source from the beginning.
    ///
    /// Where there is no watermark, an initial cycle may be on its way, whose own would come later: what
    /// is counted tells it not to keep that.
    func forgetWatermark(of stored: inout StoredJob) throws(StorageError) {
        if stored.watermark == nil {
            let memories = database.jobMemories
            var memory = try memories.load(job: stored.job.id)
            memory["resets"] = .integer((memory["resets"]?.integer ?? 0) + 1)
            try memories.save(job: stored.job.id, memory)
        }
        stored.watermark = nil
    }
}

extension JobMemoryTable {
    /// How often a job was told to begin anew while it had no watermark.
    fileprivate func resets(of job: String) throws(StorageError) -> Int64 {
        try load(job: job)["resets"]?.integer ?? 0
    }
}
