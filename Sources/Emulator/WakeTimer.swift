// The timer that wakes a tenant for the next thing due.

import Dispatch
import Model

/// A one-shot timer on a serial queue.
///
/// `@unchecked Sendable`: it owns a Dispatch source, which is set and fires on that one queue only.
final class WakeTimer: @unchecked Sendable {
    private let source: any DispatchSourceTimer

    /// A timer that is not set.
    init(queue: DispatchQueue) {
        source = DispatchSource.makeTimerSource(queue: queue)
        source.schedule(deadline: .distantFuture)
    }

    /// Says what happens when it fires; only once, before it is set.
    func onWake(_ handler: @escaping @Sendable () -> Void) {
        source.setEventHandler(handler: handler)
        source.activate()
    }

    /// Sets it to a delay in real time; nil takes it off.
    func set(_ delay: ISODuration?) {
        guard let delay else { return source.schedule(deadline: .distantFuture) }
        // Dispatch counts nanoseconds; a far deadline is looked at again within the day.
        let nanoseconds = min(delay.ticks, 86_400 * Timestamp.ticksPerSecond) * 100
        source.schedule(
            deadline: .now() + .nanoseconds(Int(nanoseconds)), leeway: .milliseconds(1))
    }
}
