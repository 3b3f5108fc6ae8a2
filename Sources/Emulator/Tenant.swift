// A tenant: one database, one clock, and the one door through which both change.

import Dispatch
import Glibc
import Locks
public import Model
public import Storage
import Synchronization
public import VirtualTime

/// A world of its own: everything that changes in it is a row of its database.
///
/// A class, because it is the owner of that database and its identity. A command is one synchronous
/// function in one transaction under one mutex; tenants run in parallel. Whatever moves time runs on
/// the tenant's own serial queue, one after the other.
public final class Tenant: Sendable {
    /// The tenant's identifier.
    public let id: GUID
    /// The templates that jobs are made from.
    public let gallery: Gallery
    /// Counts the writes: an answer made at one generation holds until the next.
    public var generation: UInt64 { writes.load(ordering: .acquiring) }

    /// How jobs call their targets.
    public let outbound: OutboundOptions
    let tokens = TokenCache()
    let clients = ClientPool()
    let aside = Aside()
    let rules = RuleCache()
    let runner: any CycleRunner
    let schedule: DispatchQueue
    let faults: FaultRegistry
    let journal: Journal
    let events = EventHub()
    let options: TenantOptions
    let store: SnapshotStore
    /// A copy of a new tenant without its own part, and the seeds that give it that.
    let template: @Sendable () throws -> (copy: DatabaseCopy, seeds: [Seed])
    private let idSeed: UInt64
    /// The clock as the last command left it; read without waiting for the one that runs.
    private let shownClock: Guarded<VirtualClock>
    /// The change up to which dynamic groups were brought in line; -1 for not known.
    let followedChanges = Guarded<Int64>(-1)
    private let state: Guarded<State>
    private let writes = Atomic<UInt64>(0)
    private let waiting = Atomic<Int>(0)
    private let timer: WakeTimer

    private struct State {
        let database: Database
        var clock: VirtualClock
        var ids: IDGenerator
    }

    /// Takes over an opened database.
    ///
    /// - Throws: `StorageError` when the clock can't be read or written.
    init(
        id: GUID, database: Database, options: TenantOptions, gallery: Gallery,
        runner: any CycleRunner, store: SnapshotStore,
        template: @escaping @Sendable () throws -> (copy: DatabaseCopy, seeds: [Seed])
    ) throws {
        self.id = id
        self.options = options
        self.store = store
        self.template = template
        self.gallery = gallery
        self.runner = runner
        outbound = options.outbound
        journal = Journal(aside)
        schedule = DispatchQueue(label: "entrasync.schedule.\(id)")
        timer = WakeTimer(queue: schedule)
        let real = RealTime.now()
        var clock =
            Tenant.storedClock(try database.values.load(ValueName.clock))
            ?? VirtualClock(mode: .real, virtual: options.startTime ?? real, real: real)
        clock.change(mode: options.clockMode, real: real)
        let position = try Tenant.storedPosition(database)
        idSeed =
            options.ids.map { IDGenerator.seed(from: $0, tenant: id) } ?? RealTime.entropy()
        let ids = IDGenerator(seed: idSeed, position: position)
        try database.values.save(ValueName.clock, clock.json.text)
        faults = FaultRegistry(
            tenant: id, seed: options.ids ?? String(RealTime.entropy(), radix: 36))
        faults.reload(try Tenant.storedFaults(database))
        shownClock = Guarded(clock)
        state = Guarded(State(database: database, clock: clock, ids: ids))
        timer.onWake { [weak self] in self?.timerDidFire() }
    }

    static func storedClock(_ text: String?) -> VirtualClock? {
        guard let text else { return nil }
        return (try? JSONValue(parsing: text)).flatMap(VirtualClock.init)
    }

    private static func storedPosition(_ database: Database) throws -> UInt64 {
        try database.values.load(ValueName.idPosition).flatMap { UInt64($0) } ?? 0
    }

    /// Puts the rows of a copy in the place of all rows, and the clock and the identifiers where they
    /// belong then; whoever reads sees all of it or nothing.
    ///
    /// Only on the tenant's own queue, so that no cycle runs meanwhile.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    func replaceRows(
        by copy: DatabaseCopy,
        clock set: (_ stored: VirtualClock?, _ mode: ClockMode, _ real: Timestamp) -> VirtualClock
    ) throws {
        dispatchPrecondition(condition: .onQueue(schedule))
        try state.withLock { state in
            try state.database.replace(by: copy, path: "\(id)")
            state.clock = set(
                Tenant.storedClock(try state.database.values.load(ValueName.clock)),
                state.clock.mode, RealTime.now())
            try state.database.values.save(ValueName.clock, state.clock.json.text)
            state.ids = IDGenerator(
                seed: idSeed, position: try Tenant.storedPosition(state.database))
            let clock = state.clock
            shownClock.withLock { $0 = clock }
            faults.reload(try Tenant.storedFaults(state.database))
            writes.add(1, ordering: .releasing)
        }
    }

    /// Writes what the clock shows into its row, so that a copy tells when it was taken.
    func settleClock() throws {
        try state.withLock { state in
            let real = RealTime.now()
            var clock = state.clock
            clock.set(to: clock.now(real: real), real: real)
            try state.database.values.save(ValueName.clock, clock.json.text)
        }
    }

    /// Reads rows.
    ///
    /// - Throws: what the body throws.
    public func read<Value: Sendable>(_ body: (Database) throws -> Value) throws -> Value {
        waiting.add(1, ordering: .relaxed)
        return try state.withLock { state in
            waiting.subtract(1, ordering: .relaxed)
            return try body(state.database)
        }
    }

    /// Whether others wait for the lock.
    var isAwaited: Bool { waiting.load(ordering: .relaxed) > 0 }

    /// Lets others have the lock that wait for it; for what takes it again and again.
    func giveWay() {
        var turns = 0
        while waiting.load(ordering: .relaxed) > 0, turns < Limits.turnsToGiveWay {
            sched_yield()
            turns += 1
        }
    }

    /// Carries out one command: all of its writes in one transaction, or none when it throws.
    ///
    /// - Throws: what the body throws; `StorageError` when the transaction fails.
    public func write<Value: Sendable>(
        _ body: (inout Transaction) throws -> Value
    ) throws -> Value {
        waiting.add(1, ordering: .relaxed)
        let (value, movesAgenda) = try state.withLock { state in
            waiting.subtract(1, ordering: .relaxed)
            var transaction = Transaction(
                database: state.database, now: state.clock.now(real: RealTime.now()),
                clock: state.clock, ids: state.ids)
            let value = try state.database.transaction {
                let value = try body(&transaction)
                try transaction.target?.settle()
                try transaction.saveChanges(clock: state.clock, idPosition: state.ids.position)
                return value
            }
            state.ids = transaction.ids
            if transaction.clock != state.clock {
                let clock = transaction.clock
                shownClock.withLock { $0 = clock }
            }
            state.clock = transaction.clock
            writes.add(1, ordering: .releasing)
            return (value, transaction.movesAgenda)
        }
        if movesAgenda { schedule.async { [self] in arm() } }
        return value
    }

    /// Looks at rows, the instant and the clock in one step, and changes nothing.
    ///
    /// - Throws: what the body throws.
    public func view<Value: Sendable>(
        _ body: (inout Transaction) throws -> Value
    ) throws -> Value {
        waiting.add(1, ordering: .relaxed)
        return try state.withLock { state in
            waiting.subtract(1, ordering: .relaxed)
            var transaction = Transaction(
                database: state.database, now: state.clock.now(real: RealTime.now()),
                clock: state.clock, ids: state.ids)
            return try body(&transaction)
        }
    }

    /// Folds the write-ahead log into the database; what fails here is folded at the next start.
    func close() {
        _ = try? read { try $0.checkpoint() }
    }

    /// The tenant's clock.
    public var clock: VirtualClock { shownClock.withLock { $0 } }

    /// What the tenant's clock shows.
    public var now: Timestamp { clock.now(real: RealTime.now()) }

    /// A seed for what an answer needs of chance; the same from run to run under `--ids`.
    public func makeSeed() -> UInt64 { state.withLock { $0.ids.next().low } }

    /// Runs work that moves time: in order, one at a time, off the caller's thread.
    public func perform(_ work: @escaping @Sendable () -> Void) { schedule.async(execute: work) }

    /// Sets the timer to the next thing due; a clock that stands needs none.
    func arm(atLeast wait: ISODuration = ISODuration(ticks: 0)) {
        dispatchPrecondition(condition: .onQueue(schedule))
        let delay = state.withLock { state -> ISODuration? in
            guard let next = (try? state.database.agenda.next()) ?? nil else { return nil }
            return state.clock.realDelay(until: next.due, real: RealTime.now())
        }
        timer.set(delay.map { max($0, wait) })
    }
}

/// Names of single values in a tenant's database.
enum ValueName {
    static let clock = "clock"
    static let idPosition = "idPosition"
    static let displayName = "displayName"
    static let defaultDomain = "defaultDomain"
    static let seed = "seed"
    static let defaultPassword = "defaultPassword"
    static let followedChanges = "followedChanges"
}

/// One command's view of the world: rows, the instant, new identifiers.
public struct Transaction {
    /// The tenant's rows.
    public let database: Database
    /// What the clock shows while the command runs.
    public let now: Timestamp
    /// The clock; a command may set it.
    var clock: VirtualClock
    /// Makes identifiers.
    public var ids: IDGenerator
    /// The directory of the built-in target that calls of this transaction went to.
    ///
    /// Only the target itself keeps one here, and only for as long as nothing but its calls and what
    /// cycles keep of them is written.
    public var target: SCIMStore?
    /// Whether the command changed what is due next.
    var movesAgenda = false

    /// Plans the next cycle of a job.
    mutating func plan(_ item: AgendaItem) throws(StorageError) {
        try database.agenda.plan(item)
        movesAgenda = true
    }

    /// Takes a job's next cycle off the agenda.
    mutating func cancel(_ kind: AgendaItem.Kind, _ subject: String) throws(StorageError) {
        try database.agenda.cancel(kind, subject)
        movesAgenda = true
    }

    /// Keeps the clock and the identifiers' position where they changed.
    mutating func saveChanges(
        clock before: VirtualClock, idPosition: UInt64
    ) throws(StorageError) {
        if ids.position != idPosition {
            try database.values.save(ValueName.idPosition, String(ids.position))
        }
        if clock != before {
            try database.values.save(ValueName.clock, clock.json.text)
            movesAgenda = true
        }
    }
}
