// A clock that can stand, run or run faster, as a value.

public import Model

/// How virtual time follows real time.
public enum ClockMode: Sendable, Equatable {
    /// One virtual second each real second.
    case real
    /// Virtual time stands until it is moved.
    case manual
    /// So many virtual seconds each real second.
    case rate(Int64)

    /// The fastest clock: a year in half a minute.
    public static let maximumRate: Int64 = 1_000_000

    /// Reads `real`, `manual` or `xN` with N from 1 to `maximumRate`; nil for anything else.
    public init?(parsing text: String) {
        switch text {
        case "real": self = .real
        case "manual": self = .manual
        default:
            guard text.first == "x", text.dropFirst().first?.isNumber == true,
                let rate = Int64(text.dropFirst()),
                (1...ClockMode.maximumRate).contains(rate)
            else { return nil }
            self = .rate(rate)
        }
    }
}

extension ClockMode: CustomStringConvertible {
    /// `real`, `manual` or `xN`.
    public var description: String {
        switch self {
        case .real: "real"
        case .manual: "manual"
        case .rate(let rate): "x\(rate)"
        }
    }
}

/// A tenant's clock: a virtual instant tied to a real one, and how it goes on from there.
///
/// The clock is a value; it is read with the real time as argument, so that a test reads it without
/// waiting.
public struct VirtualClock: Sendable, Equatable {
    /// How virtual time follows real time.
    public private(set) var mode: ClockMode
    /// The virtual instant that the clock was last set to.
    public private(set) var virtualBase: Timestamp
    /// The real instant at which it was set.
    public private(set) var realBase: Timestamp

    /// A clock that shows `virtual` at the real instant `real`.
    public init(mode: ClockMode, virtual: Timestamp, real: Timestamp) {
        self.mode = mode
        virtualBase = virtual
        realBase = real
    }

    /// What the clock shows at a real instant; it never goes back.
    public func now(real: Timestamp) -> Timestamp {
        let elapsed = max(0, real.ticks - realBase.ticks)
        switch mode {
        case .manual: return virtualBase
        case .real: return virtualBase + ISODuration(ticks: elapsed)
        case .rate(let rate):
            let (ticks, overflow) = elapsed.multipliedReportingOverflow(by: rate)
            return overflow ? .last : virtualBase + ISODuration(ticks: ticks)
        }
    }

    /// The real time until the clock shows an instant; nil when it never will by itself.
    public func realDelay(until instant: Timestamp, real: Timestamp) -> ISODuration? {
        let missing = max(0, instant.ticks - now(real: real).ticks)
        switch mode {
        case .manual: return nil
        case .real: return ISODuration(ticks: missing)
        case .rate(let rate): return ISODuration(ticks: (missing + rate - 1) / rate)
        }
    }

    /// Sets the clock to an instant; it goes on from there as before.
    public mutating func set(to instant: Timestamp, real: Timestamp) {
        virtualBase = instant
        realBase = real
    }

    /// Changes how the clock goes on; what it shows now stays.
    public mutating func change(mode: ClockMode, real: Timestamp) {
        set(to: now(real: real), real: real)
        self.mode = mode
    }
}

extension VirtualClock {
    /// The clock as the tenant's database keeps it.
    public var json: JSONValue {
        [
            "mode": .string(mode.description), "virtual": .string(virtualBase.description),
            "real": .string(realBase.description),
        ]
    }

    /// Reads a clock that was kept; nil when a member is missing or unreadable.
    public init?(_ json: JSONValue) {
        guard let members = json.object,
            let mode = members["mode"]?.string.flatMap(ClockMode.init(parsing:)),
            let virtual = members["virtual"]?.string.flatMap(Timestamp.init(parsing:)),
            let real = members["real"]?.string.flatMap(Timestamp.init(parsing:))
        else { return nil }
        self.init(mode: mode, virtual: virtual, real: real)
    }
}
