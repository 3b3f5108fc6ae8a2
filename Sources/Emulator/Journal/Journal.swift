// The journal in memory: the latest exchanges, as they were, without a copy of anything.

import HTTP
import Locks

/// An exchange with its number in the journal.
public struct NumberedEntry: Sendable {
    /// Counts the exchanges of the tenant from 1.
    public let sequence: Int64
    /// The exchange.
    public let entry: JournalEntry
}

/// The latest exchanges of one tenant, bounded in number and bytes.
///
/// A class, because all threads share it. Recording stores references and formats nothing.
final class Journal: Sendable {
    private struct State: Sendable {
        /// A ring: the exchange of a number stands at the number modulo the limit.
        var ring: [(entry: JournalEntry, bytes: Int)?] = []
        /// The number of the oldest exchange that is kept.
        var oldest: Int64 = 1
        /// The number of the next exchange.
        var next: Int64 = 1
        var bytes = 0
        /// Exchanges that made room, and are let go of together.
        var dropped: [JournalEntry] = []
        /// The number after which nothing was thrown away but by the tester.
        var cleared: Int64 = 1
    }

    private let state = Guarded(State())
    private let aside: Aside

    /// An empty journal.
    init(_ aside: Aside) { self.aside = aside }

    /// Keeps an exchange and tells its number; old ones make room.
    func record(_ entry: JournalEntry) -> Int64 {
        // The bodies, and about as much as heads have.
        let size = entry.bodySize + Limits.journalHeadBytes
        let (sequence, dropped) = state.withLock { state -> (Int64, [JournalEntry]) in
            let sequence = state.next
            state.next += 1
            state.bytes += size
            while state.next - state.oldest > Limits.journalEntries
                || state.bytes > Limits.journalBytes && state.oldest < sequence
            {
                Journal.dropOldest(&state)
            }
            let position = Int(sequence % Int64(Limits.journalEntries))
            while state.ring.count <= position { state.ring.append(nil) }
            state.ring[position] = (entry, size)
            guard state.dropped.count >= Limits.journalEntriesDroppedAtOnce else {
                return (sequence, [])
            }
            let dropped = state.dropped
            state.dropped = []
            return (sequence, dropped)
        }
        aside.letGo(dropped)
        return sequence
    }

    /// All that is kept, oldest first, and how many made room since it was last emptied.
    func entries() -> (entries: [NumberedEntry], dropped: Int64) {
        state.withLock { state in
            let kept = (state.oldest..<state.next).compactMap { sequence -> NumberedEntry? in
                let position = Int(sequence % Int64(Limits.journalEntries))
                return state.ring[position].map {
                    NumberedEntry(sequence: sequence, entry: $0.entry)
                }
            }
            return (kept, state.oldest - state.cleared)
        }
    }

    /// The number that the next exchange gets.
    var next: Int64 { state.withLock { $0.next } }

    /// Forgets everything; numbers go on, or with a tenant that begins anew start over.
    func clear(isNew: Bool = false) {
        state.withLock { state in
            let next = isNew ? 1 : state.next
            state = State(oldest: next, next: next, cleared: next)
        }
    }

    private static func dropOldest(_ state: inout State) {
        let position = Int(state.oldest % Int64(Limits.journalEntries))
        if let (entry, bytes) = state.ring[position] {
            state.bytes -= bytes
            state.dropped.append(entry)
        }
        state.ring[position] = nil
        state.oldest += 1
    }
}
