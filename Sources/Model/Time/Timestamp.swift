// A point in time as the service prints it: UTC, to a tenth of a microsecond.

/// A UTC instant in ticks of 100 ns since 0001-01-01T00:00:00Z (the range of DateTimeOffset).
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Ticks of 100 ns since 0001-01-01T00:00:00Z.
    public let ticks: Int64

    /// Ticks in one second.
    public static let ticksPerSecond: Int64 = 10_000_000
    /// 0001-01-01T00:00:00Z, which the service prints for "never".
    public static let never = Timestamp(ticks: 0)
    /// 9999-12-31T23:59:59.9999999Z, the last instant the service can print.
    public static let last = Timestamp(ticks: 3_155_378_975_999_999_999)

    private static let secondsToUnixEpoch: Int64 = 62_135_596_800

    /// The instant this many ticks after year one; outside of year 1 to 9999 the nearest end.
    public init(ticks: Int64) { self.ticks = min(max(ticks, 0), 3_155_378_975_999_999_999) }

    /// The instant of a POSIX clock reading.
    public init(unixSeconds: Int64, nanoseconds: Int64) {
        self.init(
            ticks: (unixSeconds + Timestamp.secondsToUnixEpoch) * Timestamp.ticksPerSecond
                + nanoseconds / 100)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, as tokens and certificates count them.
    public var unixSeconds: Int64 {
        ticks / Timestamp.ticksPerSecond - Timestamp.secondsToUnixEpoch
    }

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.ticks < right.ticks }

    /// A later instant, at most the last one that can be printed.
    public static func + (instant: Timestamp, duration: ISODuration) -> Timestamp {
        let (sum, overflow) = instant.ticks.addingReportingOverflow(duration.ticks)
        return overflow ? .last : Timestamp(ticks: sum)
    }

    /// The time from one instant to another.
    public static func - (end: Timestamp, start: Timestamp) -> ISODuration {
        ISODuration(ticks: end.ticks - start.ticks)
    }

    /// The day of the week, 0 for Monday.
    public var weekday: Int { Int(ticks / (86_400 * Timestamp.ticksPerSecond) % 7) }
}

extension Timestamp: CustomStringConvertible {
    /// `yyyy-MM-ddTHH:mm:ss[.fffffff]Z`: seven fractional digits, none when they are all zero.
    public var description: String {
        let fraction = Int(ticks % Timestamp.ticksPerSecond)
        return text { buffer in
            if fraction > 0 {
                buffer.append(UInt8(ascii: "."))
                buffer.append(fraction, digits: 7)
            }
            buffer.append(UInt8(ascii: "Z"))
        }
    }

    /// `yyyy-MM-ddTHH:mm:ss`, as `innerError.date` has it.
    public var withoutZone: String { text { _ in } }

    private func text(_ end: (inout DigitBuffer) -> Void) -> String {
        let parts = civil
        return String(unsafeUninitializedCapacity: 28) { bytes in
            var buffer = DigitBuffer(bytes: bytes)
            buffer.append(parts.year, digits: 4)
            buffer.append(UInt8(ascii: "-"))
            buffer.append(parts.month, digits: 2)
            buffer.append(UInt8(ascii: "-"))
            buffer.append(parts.day, digits: 2)
            buffer.append(UInt8(ascii: "T"))
            buffer.append(parts.hour, digits: 2)
            buffer.append(UInt8(ascii: ":"))
            buffer.append(parts.minute, digits: 2)
            buffer.append(UInt8(ascii: ":"))
            buffer.append(parts.second, digits: 2)
            end(&buffer)
            return buffer.count
        }
    }

    /// Writes numbers of so many digits one behind the other.
    private struct DigitBuffer {
        let bytes: UnsafeMutableBufferPointer<UInt8>
        var count = 0

        mutating func append(_ byte: UInt8) {
            bytes[count] = byte
            count += 1
        }

        mutating func append(_ number: Int, digits: Int) {
            var rest = number
            for place in stride(from: digits - 1, through: 0, by: -1) {
                bytes[count + place] = UInt8(0x30 + rest % 10)
                rest /= 10
            }
            count += digits
        }
    }

    /// `Mon, 23 Nov 2026 13:00:00 GMT`, as HTTP's Date header has it (RFC 9110, 5.6.7).
    public var httpDate: String {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let parts = civil
        return days[weekday] + ", " + padded(parts.day, 2) + " " + months[parts.month - 1] + " "
            + padded(parts.year, 4) + " " + padded(parts.hour, 2) + ":" + padded(parts.minute, 2)
            + ":" + padded(parts.second, 2) + " GMT"
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Timestamp {
    /// The instant's parts on the proleptic Gregorian calendar, UTC.
    public var civil: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let seconds = Int(ticks / Timestamp.ticksPerSecond)
        let days = seconds / 86_400
        // Years of 400, 100, 4 and 1 in days; the last year of a cycle takes the extra day.
        var rest = days
        let cycles400 = rest / 146_097
        rest %= 146_097
        let cycles100 = min(rest / 36_524, 3)
        rest -= cycles100 * 36_524
        let cycles4 = rest / 1_461
        rest %= 1_461
        let years = min(rest / 365, 3)
        rest -= years * 365
        let year = cycles400 * 400 + cycles100 * 100 + cycles4 * 4 + years + 1
        var month = 1
        while rest >= Timestamp.daysInMonth(month, of: year) {
            rest -= Timestamp.daysInMonth(month, of: year)
            month += 1
        }
        let inDay = seconds % 86_400
        return (year, month, rest + 1, inDay / 3_600, inDay / 60 % 60, inDay % 60)
    }

    static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func days(before year: Int, month: Int, day: Int) -> Int {
        let past = year - 1
        let inYear = (1..<month).reduce(0) { $0 + daysInMonth($1, of: year) }
        return past * 365 + past / 4 - past / 100 + past / 400 + inYear + day - 1
    }
}
