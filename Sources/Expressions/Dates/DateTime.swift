// Dates as .NET has them: 100-nanosecond ticks since the first of January of the year 1.

/// A moment in the proleptic Gregorian calendar, from the year 1 to 9999.
public struct DateTime: Hashable, Sendable {
    /// What the clock that shows the moment is set to.
    public enum Kind: Hashable, Sendable {
        /// Not known.
        case unspecified
        /// Coordinated universal time.
        case utc
        /// The service's own zone.
        ///
        /// Unverified: it is taken to be UTC, as on Microsoft's servers.
        case local
    }

    /// Ticks of 100 nanoseconds since 0001-01-01T00:00:00.
    public let ticks: Int64
    /// Which clock the moment is read from.
    public let kind: Kind

    /// Makes a moment from ticks.
    ///
    /// - Returns: nil outside the years 1 to 9999.
    public init?(ticks: Int64, kind: Kind = .utc) {
        guard Self.tickRange.contains(ticks) else { return nil }
        self.ticks = ticks
        self.kind = kind
    }

    /// Makes a moment from seconds since 1970-01-01T00:00:00Z.
    ///
    /// - Returns: nil outside the years 1 to 9999.
    public init?(unixSeconds: Int64, nanoseconds: Int64 = 0) {
        let (scaled, overflow) = unixSeconds.multipliedReportingOverflow(by: Self.ticksPerSecond)
        guard !overflow else { return nil }
        let (sum, sumOverflow) = scaled.addingReportingOverflow(
            Self.unixEpochTicks + nanoseconds / 100)
        guard !sumOverflow else { return nil }
        self.init(ticks: sum)
    }

    /// Makes a moment from the parts of a date and a time.
    ///
    /// - Returns: nil when there is no such date or time.
    init?(_ parts: DateParts, kind: Kind = .utc) {
        guard let ticks = parts.ticks else { return nil }
        self.init(ticks: ticks, kind: kind)
    }

    static let ticksPerSecond: Int64 = 10_000_000
    static let ticksPerDay: Int64 = 86_400 * ticksPerSecond
    static let tickRange: Range<Int64> = 0..<3_652_059 * ticksPerDay
    private static let unixEpochTicks: Int64 = 719_162 * ticksPerDay
    /// The ticks of 1601-01-01, where FILETIME starts.
    private static let fileTimeEpochTicks: Int64 = 584_388 * ticksPerDay
}

extension DateTime {
    /// The date and the time of day.
    var parts: DateParts { DateParts(ticks: ticks) }

    /// The day of the week; Sunday is 0.
    var dayOfWeek: Int { Int((ticks / Self.ticksPerDay + 1) % 7) }

    /// The same ticks on another clock.
    func with(kind: Kind) -> DateTime {
        DateTime(ticks: ticks, kind: kind) ?? self
    }

    /// The moment without its fraction of a second.
    var wholeSeconds: DateTime {
        DateTime(ticks: ticks - ticks % Self.ticksPerSecond, kind: kind) ?? self
    }

    /// The moment some units later, nil outside the years 1 to 9999.
    func adding(_ count: Int64, unitTicks: Int64) -> DateTime? {
        let (difference, overflow) = count.multipliedReportingOverflow(by: unitTicks)
        guard !overflow else { return nil }
        let (sum, sumOverflow) = ticks.addingReportingOverflow(difference)
        return sumOverflow ? nil : DateTime(ticks: sum, kind: kind)
    }

    /// The moment some months later, on the last day of a month that is too short for the day.
    func adding(months: Int64) -> DateTime? {
        // Ten thousand years are more than any date can move.
        guard abs(months.clamped(to: -200_000...200_000)) <= 120_000 else { return nil }
        var parts = parts
        let month = Int64(parts.year) * 12 + Int64(parts.month) - 1 + months
        guard (12..<120_000).contains(month) else { return nil }
        parts.year = Int(month / 12)
        parts.month = Int(month % 12) + 1
        parts.day = min(parts.day, DateParts.days(inMonth: parts.month, year: parts.year))
        return DateTime(parts, kind: kind)
    }

    /// 100-nanosecond ticks since 1601-01-01 (FILETIME); nil for earlier moments.
    var fileTime: Int64? {
        ticks < Self.fileTimeEpochTicks ? nil : ticks - Self.fileTimeEpochTicks
    }

    /// The moment of a FILETIME, nil before 1601 and after 9999.
    static func fileTime(_ fileTime: Int64) -> DateTime? {
        guard fileTime >= 0 else { return nil }
        let (ticks, overflow) = fileTime.addingReportingOverflow(fileTimeEpochTicks)
        return overflow ? nil : DateTime(ticks: ticks)
    }
}

extension DateTime: CustomStringConvertible {
    /// The form of `CDate`: `M/d/yyyy h:mm:ss tt`.
    public var description: String {
        let parts = parts
        let hour = parts.hour % 12 == 0 ? 12 : parts.hour % 12
        let minute = parts.minute < 10 ? "0\(parts.minute)" : "\(parts.minute)"
        let second = parts.second < 10 ? "0\(parts.second)" : "\(parts.second)"
        let year = String(repeating: "0", count: 4 - String(parts.year).count) + "\(parts.year)"
        return "\(parts.month)/\(parts.day)/\(year) \(hour):\(minute):\(second) "
            + (parts.hour < 12 ? "AM" : "PM")
    }
}
