// Who listens to a tenant, and telling them.

import Locks
import Model
import Synchronization

/// The listeners of one tenant.
///
/// A class, because all threads share it. A listener must not wait: one that says it can't take more is
/// let go.
final class EventHub: Sendable {
    /// Takes the number and the kind of an event and its JSON; false to be let go.
    typealias Sink = @Sendable (Int64, TenantEvent.Kind, String) -> Bool

    private struct State: Sendable {
        var lastID: Int64 = 0
        var lastEvent: Int64 = 0
        var listeners: [Int64: (kinds: Set<TenantEvent.Kind>, sink: Sink)] = [:]
    }

    private let state = Guarded(State())
    private let count = Atomic<Int>(0)

    /// Whether anybody listens at all.
    var hasSubscribers: Bool { count.load(ordering: .relaxed) > 0 }

    /// Adds a listener; nil when there are as many as a tenant serves.
    func subscribe(_ kinds: Set<TenantEvent.Kind>, _ sink: @escaping Sink) -> Int64? {
        state.withLock { state in
            guard state.listeners.count < Limits.eventListeners else { return nil }
            state.lastID += 1
            state.listeners[state.lastID] = (kinds, sink)
            count.store(state.listeners.count, ordering: .relaxed)
            return state.lastID
        }
    }

    /// Lets a listener go.
    func unsubscribe(_ id: Int64) {
        state.withLock { state in
            state.listeners[id] = nil
            count.store(state.listeners.count, ordering: .relaxed)
        }
    }

    /// Tells all who listen; under the lock, so that all hear events in one order.
    func publish(_ event: TenantEvent) {
        guard hasSubscribers else { return }
        let text = JSONValue.object(
            JSONObject([("time", .string(event.time.description)), ("data", event.data())])
        ).text
        state.withLock { state in
            state.lastEvent += 1
            for (id, listener) in state.listeners
            where listener.kinds.isEmpty || listener.kinds.contains(event.kind) {
                if !listener.sink(state.lastEvent, event.kind, text) { state.listeners[id] = nil }
            }
            count.store(state.listeners.count, ordering: .relaxed)
        }
    }
}
