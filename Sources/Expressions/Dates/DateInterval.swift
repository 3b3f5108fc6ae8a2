// The intervals of DateAdd and DateDiff, with Visual Basic's meaning.

/// A unit of time, by its Visual Basic code.
enum DateInterval: String, CaseIterable {
    case year = "yyyy"
    case month = "m"
    case week = "ww"
    case day = "d"
    case hour = "h"
    case minute = "n"
    case second = "s"

    /// The codes in a sentence.
    static var codes: String {
        "one of the intervals " + allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    }

    /// The ticks of the unit, nil for months and years, which vary.
    private var ticks: Int64? {
        switch self {
        case .year, .month: nil
        case .week: 7 * DateTime.ticksPerDay
        case .day: DateTime.ticksPerDay
        case .hour: 3600 * DateTime.ticksPerSecond
        case .minute: 60 * DateTime.ticksPerSecond
        case .second: DateTime.ticksPerSecond
        }
    }

    /// The moment so many units later, nil outside the years 1 to 9999.
    func adding(_ count: Int64, to date: DateTime) -> DateTime? {
        if let ticks { return date.adding(count, unitTicks: ticks) }
        let (months, overflow) = count.multipliedReportingOverflow(by: self == .year ? 12 : 1)
        return overflow ? nil : date.adding(months: months)
    }

    /// How many units lie between two moments, as Visual Basic's `DateDiff` counts them.
    ///
    /// Years and months are differences of the calendar's numbers, weeks those between the
    /// beginnings of the weeks, the others whole units of the time that passed.
    func count(from first: DateTime, to second: DateTime) -> Int64 {
        let (start, end) = (first.parts, second.parts)
        switch self {
        case .year:
            return Int64(end.year - start.year)
        case .month:
            return Int64((end.year - start.year) * 12 + end.month - start.month)
        case .week:
            let startOfWeek = first.ticks - Int64(first.dayOfWeek) * DateTime.ticksPerDay
            let endOfWeek = second.ticks - Int64(second.dayOfWeek) * DateTime.ticksPerDay
            return (endOfWeek - startOfWeek) / DateTime.ticksPerDay / 7
        case .day, .hour, .minute, .second:
            return (second.ticks - first.ticks) / (ticks ?? 1)
        }
    }
}
