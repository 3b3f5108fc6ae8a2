// Work that nobody waits for.

import Dispatch

/// What other threads do while the caller goes on.
enum Aside {
    /// Lets go of values; to take them apart can take as long as to make them.
    static func letGo<Value: Sendable>(_ values: [Value]) {
        guard !values.isEmpty else { return }
        DispatchQueue.global(qos: .userInitiated).async { withExtendedLifetime(values) {} }
    }
}
