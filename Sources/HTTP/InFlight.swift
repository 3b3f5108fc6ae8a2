// The count of requests between their last header field and the last byte of their answer.

import Dispatch
import Synchronization

/// Counts requests in flight and lets one thread wait until there are none.
final class InFlight: Sendable {
    private let requests = Atomic<Int>(0)
    private let draining = Atomic<Bool>(false)
    private let idle = DispatchSemaphore(value: 0)

    var count: Int { requests.load(ordering: .relaxed) }

    /// Whether the listener is stopping, so that answers should close their connections.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    func begin() {
        requests.add(1, ordering: .sequentiallyConsistent)
    }

    func end() {
        let left = requests.subtract(1, ordering: .sequentiallyConsistent).newValue
        if left == 0 && draining.load(ordering: .sequentiallyConsistent) {
            idle.signal()
        }
    }

    /// Says that there shall be no more requests.
    func startDraining() {
        draining.store(true, ordering: .sequentiallyConsistent)
    }

    /// Waits until nothing is in flight; false if that took too long.
    ///
    /// - Parameters:
    ///   - graceSeconds: how long at most.
    ///   - nudge: is called now and several times a second, to end what waits for nobody.
    /// - Returns: whether nothing is in flight any more.
    func waitUntilIdle(graceSeconds: Int, nudge: () -> Void) -> Bool {
        let deadline = DispatchTime.now() + .seconds(max(graceSeconds, 0))
        // The count may rise again between the signal and the look at it, hence the loop.
        while requests.load(ordering: .sequentiallyConsistent) > 0 {
            guard DispatchTime.now() < deadline else { return false }
            nudge()
            let next = DispatchTime.now() + .milliseconds(Limits.nudgeMilliseconds)
            _ = idle.wait(timeout: min(next, deadline))
        }
        return true
    }
}
