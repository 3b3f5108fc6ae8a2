// The parts of a date and a time of day, and the calendar arithmetic between them and ticks.

/// Year, month, day and time of day; not checked until turned into ticks.
struct DateParts: Hashable, Sendable {
    var year = 1
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0
    /// 100-nanosecond ticks within the second.
    var fraction: Int64 = 0

    init() {}

    /// The parts of a number of ticks since 0001-01-01; the ticks are in range.
    init(ticks: Int64) {
        let dayNumber = ticks / DateTime.ticksPerDay
        var rest = ticks % DateTime.ticksPerDay
        fraction = rest % DateTime.ticksPerSecond
        rest /= DateTime.ticksPerSecond
        second = Int(rest % 60)
        minute = Int(rest / 60 % 60)
        hour = Int(rest / 3600)
        // Years are counted from March, so that a leap day is the last day of its year.
        let shifted = Int(dayNumber) + 306
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }

    /// Ticks since 0001-01-01, nil when there is no such date or time.
    var ticks: Int64? {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, year: year), (0...23).contains(hour),
            (0...59).contains(minute), (0...59).contains(second),
            (0..<DateTime.ticksPerSecond).contains(fraction)
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let shiftedMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
        let dayNumber =
            shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
            + dayOfYear - 306
        let seconds = Int64(hour * 3600 + minute * 60 + second)
        return Int64(dayNumber) * DateTime.ticksPerDay + seconds * DateTime.ticksPerSecond
            + fraction
    }

    /// How many days a month has.
    static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
