// What another thread does meanwhile.

import Dispatch
import Locks

/// One thread at a time for what goes on beside a tenant's cycle: with more of them the cycle itself would
/// wait for a processor on the machines of most users.
///
/// The thread stays for a while when there is nothing to do. Threads that take turns would let go of what
/// others made, and allocators make threads wait for one another there.
final class Aside: Sendable {
    private struct State: Sendable {
        var waiting: [@Sendable () -> Void] = []
        var hasThread = false
        var isAsleep = false
    }

    private let queue = DispatchQueue(label: "entrasync.aside", qos: .userInitiated)
    private let state = Guarded(State())
    private let bell = DispatchSemaphore(value: 0)

    /// Has work done after what was given before, while the caller goes on.
    func run(_ work: @escaping @Sendable () -> Void) {
        let (starts, wakes) = state.withLock { state -> (Bool, Bool) in
            state.waiting.append(work)
            let found = (!state.hasThread, state.isAsleep)
            state.hasThread = true
            state.isAsleep = false
            return found
        }
        if starts { queue.async { self.work() } }
        if wakes { bell.signal() }
    }

    /// Lets go of values; to take them apart can take as long as to make them.
    func letGo<Value: Sendable>(_ values: [Value]) {
        guard !values.isEmpty else { return }
        run { withExtendedLifetime(values) {} }
    }

    private func work() {
        var wasLongAsleep = false
        while true {
            let next = state.withLock { state -> [@Sendable () -> Void]? in
                defer { state.waiting = [] }
                if state.waiting.isEmpty {
                    state.isAsleep = !wasLongAsleep
                    state.hasThread = !wasLongAsleep
                    return wasLongAsleep ? nil : []
                }
                // Who wakes it just now has rung.
                state.isAsleep = false
                return state.waiting
            }
            guard let next else { return }
            wasLongAsleep = false
            for work in next { work() }
            guard next.isEmpty else { continue }
            wasLongAsleep = bell.wait(timeout: .now() + Limits.idleAside) == .timedOut
        }
    }
}
