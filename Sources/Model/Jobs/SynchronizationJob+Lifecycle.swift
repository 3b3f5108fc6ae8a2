// What start, pause, restart and a finished cycle do to a job: pure, without I/O.

/// Which parts of a job's memory a restart drops (`synchronizationJobRestartScope`, flags).
public struct RestartScope: OptionSet, Sendable {
    /// The flags' number in the metadata.
    public let rawValue: Int

    /// A set of flags by its number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// All connections and last-known target states.
    public static let connectorDataStore = RestartScope(rawValue: 1)
    /// All failures that wait for their retry.
    public static let escrows = RestartScope(rawValue: 2)
    /// The watermark: the next cycle is an initial one.
    public static let watermark = RestartScope(rawValue: 4)
    /// The quarantine.
    public static let quarantineState = RestartScope(rawValue: 8)
    /// Deletions that the threshold held back are carried out.
    public static let forceDeletes = RestartScope(rawValue: 32)
    /// All of the job's memory.
    public static let full: RestartScope = [
        .connectorDataStore, .escrows, .watermark, .quarantineState,
    ]
    /// What the portal's restart drops, and a restart without a scope.
    public static let portal: RestartScope = [.quarantineState, .watermark, .escrows]

    /// The scope that a flags text names; empty text is the portal's, nil for an unknown member.
    public init?(parsing text: String) {
        let names = EnumerationType.flags(in: text)
        guard !names.isEmpty else {
            self = .portal
            return
        }
        self = []
        for name in names {
            guard let flag = RestartScope.byName[name] else { return nil }
            formUnion(flag)
        }
    }

    private static let byName: [String: RestartScope] = [
        "None": [], "ConnectorDataStore": .connectorDataStore, "Escrows": .escrows,
        "Watermark": .watermark, "QuarantineState": .quarantineState, "Full": .full,
        "ForceDeletes": .forceDeletes,
    ]
}

extension SynchronizationJob {
    /// Whether the schedule runs the job.
    public var isScheduled: Bool { schedule.state == .active }

    /// Starts the job: the schedule runs it from now on, and a quarantine is lifted.
    ///
    /// A job that has not run since it was made shows `NotRun` and an all-zero execution until its
    /// first cycle ends. Starting a job that runs changes nothing but the quarantine.
    public mutating func start() {
        schedule.state = .active
        liftQuarantine()
        if status.lastExecution == nil { status.lastExecution = .notRun }
        status.troubleshootingURL = status.troubleshootingURL ?? ""
        status.code = hasRun ? .active : .notRun
    }

    /// Pauses the job: its state is kept, nothing runs.
    ///
    /// Unverified: the schedule's state after a pause, which documents give as `Paused` or `Disabled`.
    public mutating func pause() {
        schedule.state = .paused
        status.code = .paused
    }

    /// Restarts the job; the caller drops the watermark, escrows and connections that the scope names.
    public mutating func restart(_ scope: RestartScope) {
        let quarantine = status.quarantine
        let failures = status.countSuccessiveCompleteFailures
        start()
        guard let quarantine, !scope.contains(.quarantineState), !scope.isEmpty else { return }
        status.quarantine = quarantine
        // Dropping the failures also resets what they were counted in.
        if !scope.contains(.escrows) { status.countSuccessiveCompleteFailures = failures }
        status.code = .quarantine
    }

    /// Takes in what a cycle did.
    ///
    /// - Parameters:
    ///   - execution: the cycle's record.
    ///   - isSteady: whether the cycle left nothing to do.
    public mutating func finish(_ execution: SynchronizationTaskExecution, isSteady: Bool) {
        status.lastExecution = execution
        status.progress = []
        guard execution.state != .failed else {
            status.countSuccessiveCompleteFailures += 1
            return
        }
        liftQuarantine()
        if execution.state == .succeeded { status.lastSuccessfulExecution = execution }
        if execution.countExported > 0 { status.lastSuccessfulExecutionWithExports = execution }
        if isSteady {
            if status.steadyStateFirstAchievedTime == .never {
                status.steadyStateFirstAchievedTime = execution.timeEnded
            }
            status.steadyStateLastAchievedTime = execution.timeEnded
        }
        // A pause that came while the cycle ran stays.
        if isScheduled { status.code = .active }
    }

    /// Puts the job into quarantine, or keeps it there; after four weeks it is disabled.
    ///
    /// - Parameters:
    ///   - reason: a member of `quarantineReason`.
    ///   - error: what failed; nil where thresholds were reached.
    ///   - now: the instant.
    public mutating func quarantine(
        reason: String, error: SynchronizationError?, at now: Timestamp
    ) {
        if status.quarantine != nil {
            status.quarantine?.impose(reason: reason, error: error, at: now)
        } else {
            status.quarantine = SynchronizationQuarantine(
                reason: reason, error: error, began: now)
        }
        status.countSuccessiveCompleteFailures = max(1, status.countSuccessiveCompleteFailures)
        if isScheduled { status.code = .quarantine }
        guard let began = status.quarantine?.seriesBegan,
            now - began > SynchronizationQuarantine.patience
        else { return }
        schedule.state = .disabled
        status.code = .quarantine
    }

    /// Counts objects that were linked, by the types of both sides.
    public mutating func countSynchronized(_ count: Int64, from source: String, to target: String) {
        guard count > 0 else { return }
        let key = "\(source) to \(target)"
        let known = status.synchronizedEntryCountByType.firstIndex { $0.key == key }
        guard let known else {
            status.synchronizedEntryCountByType.append(
                StringKeyLongValuePair(key: key, value: count))
            return
        }
        let value = status.synchronizedEntryCountByType[known].value + count
        status.synchronizedEntryCountByType[known] = StringKeyLongValuePair(
            key: key, value: value)
    }

    private var hasRun: Bool { status.lastExecution.map { $0 != .notRun } ?? false }

    private mutating func liftQuarantine() {
        status.quarantine = nil
        status.countSuccessiveCompleteFailures = 0
    }
}
