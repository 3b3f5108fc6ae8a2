// Text to time: the ISO 8601 profile of Edm.DateTimeOffset.

extension Timestamp {
    /// Parses `yyyy-MM-dd[THH:mm[:ss[.f…]]](Z|±HH:mm)`; a date alone is its midnight in UTC.
    ///
    /// Digits of the fraction beyond the seventh are dropped. Nil for anything else, for parts out
    /// of range and for instants outside of the years 1 to 9999.
    public init?(parsing text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
            reader.take("-"), let day = reader.number(2), year >= 1, (1...12).contains(month),
            (1...Timestamp.daysInMonth(month, of: year)).contains(day)
        else { return nil }
        var seconds = Timestamp.days(before: year, month: month, day: day) * 86_400
        var fraction = 0
        if !reader.isAtEnd {
            guard reader.take("T") || reader.take("t"), let hour = reader.number(2), hour < 24,
                reader.take(":"), let minute = reader.number(2), minute < 60
            else { return nil }
            seconds += hour * 3_600 + minute * 60
            if reader.take(":") {
                guard let second = reader.number(2), second < 60 else { return nil }
                seconds += second
                if reader.take(".") {
                    guard let digits = reader.fraction() else { return nil }
                    fraction = digits
                }
            }
            guard let offset = reader.zoneOffsetSeconds() else { return nil }
            seconds -= offset
        }
        guard reader.isAtEnd, seconds >= 0 else { return nil }
        let ticks = Int64(seconds) * Timestamp.ticksPerSecond + Int64(fraction)
        guard ticks <= Timestamp.last.ticks else { return nil }
        self.init(ticks: ticks)
    }
}

private struct DigitReader {
    var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Character) -> Bool {
        guard let first = rest.first, first == character.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digit() -> Int? {
        guard let first = rest.first, (0x30...0x39).contains(first) else { return nil }
        rest.removeFirst()
        return Int(first - 0x30)
    }

    mutating func number(_ width: Int) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard let next = digit() else { return nil }
            value = value * 10 + next
        }
        return value
    }

    /// Ticks of a fraction of a second; further digits are read and dropped.
    mutating func fraction() -> Int? {
        guard var value = digit() else { return nil }
        var count = 1
        while let next = digit() {
            guard count < 7 else { continue }
            value = value * 10 + next
            count += 1
        }
        while count < 7 {
            value *= 10
            count += 1
        }
        return value
    }

    mutating func zoneOffsetSeconds() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isBehind = take("-")
        guard isBehind || take("+"), let hours = number(2), hours <= 14, take(":"),
            let minutes = number(2), minutes < 60, hours * 60 + minutes <= 14 * 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return isBehind ? -seconds : seconds
    }
}
