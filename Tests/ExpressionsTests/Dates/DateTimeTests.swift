// The calendar: every day of ten thousand years, and the borders.

import Testing

@testable import Expressions

struct DateTimeTests {
    @Test func everyDayHasItsNumber() throws {
        var expected = (year: 1, month: 1, day: 1)
        for number in 0..<Int64(3_652_059) {
            let parts = DateParts(ticks: number * DateTime.ticksPerDay)
            guard parts.year == expected.year, parts.month == expected.month,
                parts.day == expected.day, parts.ticks == number * DateTime.ticksPerDay
            else {
                Issue.record("day \(number): \(parts)")
                return
            }
            expected.day += 1
            if expected.day > DateParts.days(inMonth: expected.month, year: expected.year) {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
        #expect(expected == (10_000, 1, 1))
    }

    @Test func bordersAreKept() {
        #expect(DateTime(ticks: -1) == nil)
        #expect(DateTime(ticks: DateTime.tickRange.upperBound) == nil)
        #expect(DateTime(ticks: 0)?.description == "1/1/0001 12:00:00 AM")
        #expect(
            DateTime(ticks: DateTime.tickRange.upperBound - 1)?.description
                == "12/31/9999 11:59:59 PM")
        #expect(DateTime(unixSeconds: 0)?.description == "1/1/1970 12:00:00 AM")
        #expect(DateTime(unixSeconds: .max) == nil)
        #expect(DateTime(unixSeconds: .min) == nil)
        #expect(DateTime(unixSeconds: 0, nanoseconds: .max) != nil)
    }

    @Test(arguments: [Int64.min, -1_000_000, 1_000_000, Int64.max])
    func additionsNeverOverflow(_ count: Int64) throws {
        let date = try #require(DateTime(parsing: "2024-02-29T12:34:56Z"))
        for interval in DateInterval.allCases {
            _ = interval.adding(count, to: date)
        }
        #expect(DateInterval.year.adding(count, to: date) == nil)
    }

    @Test(arguments: [
        ("2024-02-29", 4), ("0001-01-01", 1), ("9999-12-31", 5), ("1970-01-01", 4),
        ("2021-08-22", 0),
    ])
    func knowsTheDayOfTheWeek(_ text: String, day: Int) throws {
        #expect(try #require(DateTime(parsing: text)).dayOfWeek == day)
    }

    @Test(arguments: [
        "d", "D", "f", "F", "g", "G", "m", "M", "o", "O", "r", "R", "s", "t", "T", "u", "U", "y",
        "Y",
    ])
    func standardFormatsAreKnown(_ letter: String) throws {
        let date = try #require(DateTime(parsing: "2009-06-15T13:45:30.5Z"))
        let expected = [
            "d": "06/15/2009", "D": "Monday, 15 June 2009", "f": "Monday, 15 June 2009 13:45",
            "F": "Monday, 15 June 2009 13:45:30", "g": "06/15/2009 13:45",
            "G": "06/15/2009 13:45:30", "m": "June 15", "M": "June 15",
            "o": "2009-06-15T13:45:30.5000000Z", "O": "2009-06-15T13:45:30.5000000Z",
            "r": "Mon, 15 Jun 2009 13:45:30 GMT", "R": "Mon, 15 Jun 2009 13:45:30 GMT",
            "s": "2009-06-15T13:45:30", "t": "13:45", "T": "13:45:30",
            "u": "2009-06-15 13:45:30Z", "U": "Monday, 15 June 2009 13:45:30",
            "y": "2009 June", "Y": "2009 June",
        ]
        #expect(DateTimeFormat(letter)?.string(from: date) == expected[letter])
    }

    @Test(arguments: [
        ("%d", "15"), ("d ", "15 "), ("dddd", "Monday"), ("%h:%H", "1:13"), ("hh-HH", "01-13"),
        ("%m", "45"), ("%s", "30"), ("%f", "5"), ("fff", "500"), ("%F", "5"), ("ss.FFFF", "30.5"),
        ("%t", "P"), ("tt", "PM"), ("%y", "9"), ("yy", "09"), ("yyy", "2009"), ("yyyyy", "02009"),
        ("%g", "A.D."), ("gg", "A.D."), ("%z", "+0"), ("zz", "+00"), ("zzz", "+00:00"),
        ("%K", "Z"), ("MMM", "Jun"), ("MMMM", "June"), ("'d'", "d"), ("\\d", "d"), ("Zé", "Zé"),
        ("j.M.", "j.6."),
    ])
    func customFormatsAreThoseOfDotNet(_ format: String, text: String) throws {
        let date = try #require(DateTime(parsing: "2009-06-15T13:45:30.5Z"))
        #expect(DateTimeFormat(format)?.string(from: date) == text)
    }

    @Test(arguments: ["", "x", "%", "%%", "'", "\"a", "\\", "ffffffff", "Z", "K"])
    func malformedFormatsAreRefused(_ format: String) {
        #expect(DateTimeFormat(format) == nil)
    }
}
