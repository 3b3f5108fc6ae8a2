// Named copies of a tenant, and going back to them.

import Dispatch
public import Model
import Storage
import VirtualTime

/// What is told of a snapshot.
public struct SnapshotFacts: Sendable {
    /// Its name.
    public let name: String
    /// What the clock showed when it was taken.
    public let time: Timestamp?
    /// What it takes.
    public let bytes: Int64
}

extension Tenant {
    /// All snapshots, by name.
    ///
    /// - Throws: `StorageError` for one that can't be read.
    public func snapshots() throws -> [SnapshotFacts] { try store.names().map(snapshot) }

    /// One snapshot.
    ///
    /// - Throws: `ToolError.snapshotNotFound`.
    public func snapshot(_ name: String) throws -> SnapshotFacts {
        let copy = try store.copy(name)
        return SnapshotFacts(
            name: name, time: Tenant.storedClock(copy.values[ValueName.clock])?.virtualBase,
            bytes: copy.bytes)
    }

    /// Copies the tenant as it is under a name; an older copy of the name is replaced.
    ///
    /// Only on the tenant's own queue (`perform`).
    ///
    /// - Throws: `ToolError` for a name that can't be, and a file that can't be written.
    public func takeSnapshot(_ name: String) throws -> SnapshotFacts {
        dispatchPrecondition(condition: .onQueue(schedule))
        try settleClock()
        try read { try store.take(name, of: $0) }
        return try snapshot(name)
    }

    /// Throws a snapshot away.
    ///
    /// - Throws: `ToolError.snapshotNotFound`.
    public func removeSnapshot(_ name: String) throws { try store.remove(name) }

    /// Makes the tenant what it was when a snapshot was taken: rows, clock, identifiers to come.
    ///
    /// Time goes on from then in the way it goes now. The journal stays. Only on the tenant's own queue.
    ///
    /// - Throws: `ToolError.snapshotNotFound`; nothing is changed then.
    public func restore(_ name: String) throws {
        let copy = try store.copy(name)
        try replaceRows(by: copy) { stored, mode, real in
            VirtualClock(mode: mode, virtual: stored?.virtualBase ?? real, real: real)
        }
        tellChange("restored", of: name)
    }

    /// Makes the tenant what it was when it was new: seed, clock, identifiers, an empty journal.
    ///
    /// Only on the tenant's own queue.
    ///
    /// - Throws: what making the seed's copy throws; `StorageError` for what SQLite refuses.
    public func reset() throws {
        let (copy, seeds) = try template()
        let options = options
        try replaceRows(by: copy) { _, _, real in
            VirtualClock(
                mode: options.clockMode, virtual: options.startTime ?? real, real: real)
        }
        try loadOwn(seeds)
        try read { try refreshFaults($0) }
        journal.clear(isNew: true)
        tellChange("reset", of: nil)
    }

    /// Adds what a seed document holds to what is there; nothing of it when a part can't be used.
    ///
    /// - Throws: `EmulatorError.unreadableSeed` naming the member.
    public func add(_ seed: Seed) throws {
        try load(more: seed)
        tellChange("seeded", of: nil)
    }

    private func tellChange(_ what: String, of name: String?) {
        schedule.async { [weak self] in self?.arm() }
        publish(
            TenantEvent(.tenant, at: now) {
                var members = JSONObject([("change", .string(what))])
                members["snapshot"] = name.map(JSONValue.string)
                return .object(members)
            })
    }
}
