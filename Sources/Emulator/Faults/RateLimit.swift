// So many calls in so much time.

public import Model

/// A limit of how often something may be called.
///
/// Shape: `{"calls":40,"window":"PT5S"}`.
public struct RateLimit: Sendable, Equatable {
    /// How many calls a window takes.
    public let calls: Int
    /// How long the window is; it ends with the call that is counted.
    public let window: ISODuration

    /// Makes a limit.
    public init(calls: Int, window: ISODuration) {
        self.calls = calls
        self.window = window
    }

    /// The calls that still count, this one included unless it is over a limit, and then the wait.
    public static func next(
        _ before: [Timestamp], at now: Timestamp, _ limits: [RateLimit]
    ) -> (kept: [Timestamp], wait: ISODuration?) {
        let longest = limits.map(\.window).max { $0.ticks < $1.ticks } ?? ISODuration(ticks: 0)
        let kept = before.filter { $0 + longest > now && $0 <= now }
        for limit in limits {
            let counted = kept.filter { $0 + limit.window > now }
            guard counted.count >= limit.calls else { continue }
            let free = counted[counted.count - limit.calls] + limit.window
            return (kept, ISODuration(ticks: free.ticks - now.ticks))
        }
        return (kept + [now], nil)
    }
}
