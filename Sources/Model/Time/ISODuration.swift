// A length of time as Edm.Duration writes it: PT40M, P1D.

/// A length of time in ticks of 100 ns, written as an ISO 8601 duration of days and less.
public struct ISODuration: Sendable, Hashable, Comparable {
    /// Ticks of 100 ns.
    public let ticks: Int64

    /// A duration of this many ticks.
    public init(ticks: Int64) { self.ticks = ticks }

    /// A duration of whole seconds.
    public static func seconds(_ count: Int64) -> ISODuration {
        ISODuration(ticks: count * Timestamp.ticksPerSecond)
    }

    /// A duration of whole minutes.
    public static func minutes(_ count: Int64) -> ISODuration { seconds(count * 60) }

    /// Orders by length.
    public static func < (left: ISODuration, right: ISODuration) -> Bool {
        left.ticks < right.ticks
    }
}

extension ISODuration {
    /// Parses `PnWnDTnHnMnS` with at least one part; only seconds may have a fraction.
    ///
    /// Nil for anything else. Years and months are refused, because their length is not fixed, and
    /// so are negative durations and those beyond 64 bits of ticks.
    public init?(parsing text: String) {
        var rest = Substring(text)
        guard rest.popFirst() == "P" else { return nil }
        let units: [(designator: Character, isTime: Bool, seconds: Int64)] = [
            ("W", false, 604_800), ("D", false, 86_400), ("H", true, 3_600), ("M", true, 60),
            ("S", true, 1),
        ]
        var total: Int64 = 0
        var isTime = false
        var nextUnit = 0
        var parts = 0
        while let first = rest.first {
            if first == "T" {
                guard !isTime, rest.count > 1 else { return nil }
                isTime = true
                rest.removeFirst()
                continue
            }
            guard let amount = ISODuration.amount(&rest), let designator = rest.popFirst(),
                let unit = units[nextUnit...].firstIndex(where: {
                    $0.designator == designator && $0.isTime == isTime
                }), !amount.hasFraction || designator == "S"
            else { return nil }
            let (seconds, tooMany) = amount.whole.multipliedReportingOverflow(
                by: units[unit].seconds * Timestamp.ticksPerSecond)
            let (sum, tooLong) = total.addingReportingOverflow(seconds)
            let (all, stillTooLong) = sum.addingReportingOverflow(amount.fraction)
            guard !tooMany, !tooLong, !stillTooLong else { return nil }
            total = all
            nextUnit = unit + 1
            parts += 1
        }
        guard parts > 0 else { return nil }
        self.init(ticks: total)
    }

    private static func amount(
        _ rest: inout Substring
    ) -> (whole: Int64, fraction: Int64, hasFraction: Bool)? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let whole = Int64(digits) else { return nil }
        rest.removeFirst(digits.count)
        guard rest.first == "." else { return (whole, 0, false) }
        rest.removeFirst()
        let decimals = rest.prefix { $0.isASCII && $0.isNumber }
        rest.removeFirst(decimals.count)
        let padded = decimals.prefix(7) + String(repeating: "0", count: max(0, 7 - decimals.count))
        guard !decimals.isEmpty, let fraction = Int64(padded) else { return nil }
        return (whole, fraction, true)
    }
}

extension ISODuration: CustomStringConvertible {
    /// The shortest form of days, hours, minutes and seconds: `PT40M`, `P1D`, `PT0S`.
    public var description: String {
        let magnitude = ticks.magnitude
        let sign = ticks < 0 ? "-" : ""
        guard magnitude > 0 else { return "PT0S" }
        let perSecond = UInt64(Timestamp.ticksPerSecond)
        let seconds = magnitude / perSecond
        let fraction = magnitude % perSecond
        var text = sign + "P"
        if seconds >= 86_400 { text += "\(seconds / 86_400)D" }
        var time = ""
        if seconds / 3_600 % 24 > 0 { time += "\(seconds / 3_600 % 24)H" }
        if seconds / 60 % 60 > 0 { time += "\(seconds / 60 % 60)M" }
        if fraction > 0 {
            var digits = String(fraction)
            digits = String(repeating: "0", count: 7 - digits.count) + digits
            while digits.last == "0" { digits.removeLast() }
            time += "\(seconds % 60).\(digits)S"
        } else if seconds % 60 > 0 {
            time += "\(seconds % 60)S"
        }
        return time.isEmpty ? text : text + "T" + time
    }
}
