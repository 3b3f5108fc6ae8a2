// A date while it is being read: which parts are known, and how the rest is filled in.

/// The parts of a date that a text has given so far.
struct DateTimeDraft {
    var year: Int?
    var month: Int?
    var day: Int?
    var hour: Int?
    var minute: Int?
    var second: Int?
    var fraction: Int64?
    /// Whether the hour is one of a twelve-hour clock.
    var isTwelveHour = false
    var isAfternoon: Bool?
    var dayOfWeek: Int?
    var offsetMinutes: Int?
    /// Whether the zone was named as UTC.
    var isZulu = false

    /// Sets a part once; setting it to something else later fails.
    static func set<Value: Equatable>(_ part: inout Value?, _ value: Value?) -> Bool {
        guard let value, part == nil || part == value else { return false }
        part = value
        return true
    }

    /// The year of two digits: 00 to 49 are of this century, as in .NET 8 and later.
    ///
    /// Unverified: older versions of .NET turn at 29.
    static func century(of year: Int) -> Int {
        year < 50 ? 2000 + year : 1900 + year
    }

    /// The moment, nil when the parts contradict each other or there is no such date.
    ///
    /// A missing date is today, a missing year the current one, a missing month or day the
    /// first; a missing time is midnight.
    func date(now: DateTime?, styles: DateTimeStyles) -> DateTime? {
        guard var parts = dateParts(now: now, styles: styles), let hour = hourOfDay else {
            return nil
        }
        parts.hour = hour
        parts.minute = minute ?? 0
        parts.second = second ?? 0
        parts.fraction = fraction ?? 0
        guard let date = DateTime(parts, kind: .unspecified) else { return nil }
        guard dayOfWeek == nil || dayOfWeek == date.dayOfWeek else { return nil }
        return adjusted(date, styles: styles)
    }

    private func dateParts(now: DateTime?, styles: DateTimeStyles) -> DateParts? {
        var parts = DateParts()
        if year == nil, month == nil, day == nil, !styles.contains(.noCurrentDateDefault) {
            guard let now else { return nil }
            let today = now.parts
            (parts.year, parts.month, parts.day) = (today.year, today.month, today.day)
            return parts
        }
        if let year {
            parts.year = year
        } else if month != nil || day != nil {
            guard let now else { return nil }
            parts.year = now.parts.year
        }
        parts.month = month ?? 1
        parts.day = day ?? 1
        return parts
    }

    private var hourOfDay: Int? {
        let hour = hour ?? 0
        guard isTwelveHour else {
            guard let isAfternoon else { return hour }
            return isAfternoon == (hour >= 12) ? hour : nil
        }
        guard hour <= 12 else { return nil }
        return hour % 12 + (isAfternoon == true ? 12 : 0)
    }

    /// Puts the moment on the clock the styles ask for.
    private func adjusted(_ date: DateTime, styles: DateTimeStyles) -> DateTime? {
        guard let offsetMinutes else {
            if styles.contains(.assumeUniversal) {
                return date.with(kind: styles.contains(.adjustToUniversal) ? .utc : .local)
            }
            guard styles.contains(.assumeLocal) else { return date }
            return date.with(kind: styles.contains(.adjustToUniversal) ? .utc : .local)
        }
        let minute = 60 * DateTime.ticksPerSecond
        guard let universal = date.adding(Int64(-offsetMinutes), unitTicks: minute) else {
            return nil
        }
        let isUniversal =
            styles.contains(.adjustToUniversal) || styles.contains(.roundtripKind) && isZulu
        return universal.with(kind: isUniversal ? .utc : .local)
    }
}
