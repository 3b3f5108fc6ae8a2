// What another thread does meanwhile.

import Dispatch

/// One thread at a time for what goes on beside a tenant's cycle: with more of them the cycle itself would
/// wait for a processor on the machines of most users.
final class Aside: Sendable {
    private let queue = DispatchQueue(label: "entrasync.aside", qos: .userInitiated)

    /// Has work done after what was given before, while the caller goes on.
    func run(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    /// Lets go of values; to take them apart can take as long as to make them.
    func letGo<Value: Sendable>(_ values: [Value]) {
        guard !values.isEmpty else { return }
        run { withExtendedLifetime(values) {} }
    }
}
