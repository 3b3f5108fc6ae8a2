// Instants: printed, parsed, taken apart and moved.

import Foundation
import Model
import Support
import Testing

struct TimestampTests {
    private static let second = Timestamp.ticksPerSecond

    // MARK: Text

    /// Instants in the form that is printed, and their ticks.
    private static let printed: [(text: String, ticks: Int64)] = [
        ("0001-01-01T00:00:00Z", 0),
        ("0001-01-01T00:00:00.0000001Z", 1),
        ("0001-01-01T00:00:00.1000000Z", 1_000_000),
        ("0001-01-01T00:00:01Z", second),
        ("0001-12-31T23:59:59Z", 31_535_999 * second),
        ("0002-01-01T00:00:00Z", 31_536_000 * second),
        ("0004-02-29T00:00:00Z", (3 * 365 + 59) * 86_400 * second),
        ("0100-03-01T00:00:00Z", 36218 * 86_400 * second),
        ("0400-12-31T00:00:00Z", 146_096 * 86_400 * second),
        ("0401-01-01T00:00:00Z", 146_097 * 86_400 * second),
        ("1582-10-04T00:00:00Z", 577724 * 86_400 * second),
        ("1600-02-29T12:00:00Z", (584081 * 86_400 + 43_200) * second),
        ("1970-01-01T00:00:00Z", 62_135_596_800 * second),
        ("2000-02-29T00:00:00Z", (62_135_596_800 + 951_782_400) * second),
        ("2021-05-24T21:45:54.4981365Z", (62_135_596_800 + 1_621_892_754) * second + 4_981_365),
        ("2026-11-23T13:00:00Z", (62_135_596_800 + 1_795_438_800) * second),
        ("9999-12-31T23:59:59Z", 3_155_378_975_990_000_000),
        ("9999-12-31T23:59:59.9999999Z", 3_155_378_975_999_999_999),
    ]

    @Test(arguments: printed)
    func printsAndParses(text: String, ticks: Int64) {
        #expect(Timestamp(ticks: ticks).description == text)
        #expect(Timestamp(parsing: text) == Timestamp(ticks: ticks))
    }

    /// Other forms that are understood, and how the same instant is printed.
    @Test(arguments: [
        ("2026-11-23", "2026-11-23T00:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("2026-11-23T13:05Z", "2026-11-23T13:05:00Z"),
        ("2026-11-23t13:05:07z", "2026-11-23T13:05:07Z"),
        ("2026-11-23T13:05:07.1Z", "2026-11-23T13:05:07.1000000Z"),
        ("2026-11-23T13:05:07.0000000Z", "2026-11-23T13:05:07Z"),
        ("2026-11-23T13:05:07.123456789Z", "2026-11-23T13:05:07.1234567Z"),
        ("2026-11-23T13:05:07.00000009Z", "2026-11-23T13:05:07Z"),
        ("2026-11-23T13:05:07+00:00", "2026-11-23T13:05:07Z"),
        ("2026-11-23T13:05:07-00:00", "2026-11-23T13:05:07Z"),
        ("2026-11-23T13:05:07+01:30", "2026-11-23T11:35:07Z"),
        ("2026-11-23T13:05+14:00", "2026-11-22T23:05:00Z"),
        ("2026-12-31T23:00:00.5-14:00", "2027-01-01T13:00:00.5000000Z"),
        ("2024-02-28T23:30:00-01:00", "2024-02-29T00:30:00Z"),
        ("0001-01-01T14:00:00+14:00", "0001-01-01T00:00:00Z"),
        ("9999-12-31T09:59:59.9999999-14:00", "9999-12-31T23:59:59.9999999Z"),
    ])
    func understands(text: String, printed: String) {
        #expect(Timestamp(parsing: text)?.description == printed)
    }

    @Test(arguments: [
        "", "T", "2026", "2026-11", "2026-11-", "2026-11-2", "2026-1-23", "26-11-23",
        "02026-11-23", "2026/11/23", "20261123", "2026-11-23 13:05:07Z", "2026-11-23T",
        "2026-11-23T13Z", "2026-11-23T13:05", "2026-11-23T13:05:07", "2026-11-23T13:5:07Z",
        "2026-11-23T13:05:7Z", "2026-11-23T13:05:07.Z", "2026-11-23T13:05:07,5Z",
        "2026-11-23T13:05.5Z", "2026-11-23Z", "2026-11-23T13:05:07ZZ", "2026-11-23T13:05:07Z ",
        " 2026-11-23T13:05:07Z", "2026-11-23T13:05:07+1:00", "2026-11-23T13:05:07+0100",
        "2026-11-23T13:05:07+01", "2026-11-23T13:05:07+01:60", "2026-11-23T13:05:07+15:00",
        "2026-11-23T13:05:07+", "2026-11-23T13:05:07 UTC", "+2026-11-23", "-2026-11-23",
        "0000-01-01T00:00:00Z", "2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32",
        "2026-04-31", "2026-02-29", "1900-02-29", "2100-02-29", "2023-02-29T00:00:00Z",
        "2026-11-23T24:00:00Z", "2026-11-23T23:60:00Z", "2026-11-23T23:59:60Z",
        "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "10000-01-01T00:00:00Z",
        "２026-11-23", "2026-11-23T13:05:07.５Z", "2026-11-23T13:05:07\u{0}Z", "now",
    ])
    func refuses(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    /// OData's grammar ends the offset at fourteen hours.
    @Test(arguments: ["2026-11-23T13:05:07+14:01", "2026-11-23T13:05:07-14:59"])
    func refusesOffsetsBeyondFourteenHours(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test func whatIsPrintedIsParsedAgain() {
        var generator = SplitMix64(state: 3)
        for _ in 0..<2_000 {
            let ticks = Int64.random(in: 0...Timestamp.last.ticks, using: &generator)
            let instant = Timestamp(ticks: ticks)
            #expect(Timestamp(parsing: instant.description) == instant)
        }
    }

    @Test(arguments: [
        ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("2026-11-23T13:00:00.9999999Z", "Mon, 23 Nov 2026 13:00:00 GMT"),
        ("2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT"),
        ("0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"),
        ("9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
    ])
    func printsTheDateOfHTTP(text: String, httpDate: String) throws {
        let instant = try #require(Timestamp(parsing: text))
        #expect(instant.httpDate == httpDate)
        #expect(instant.withoutZone == text.prefix(19))
    }

    // MARK: Calendar

    @Test(arguments: [
        (1, true, 365), (4, false, 366), (100, false, 365), (400, false, 366), (1900, false, 365),
        (2000, false, 366), (2023, false, 365), (2024, false, 366), (2100, false, 365),
        (9996, false, 366),
    ])
    func countsTheDaysOfAYear(year: Int, isFirst: Bool, days: Int64) throws {
        func start(_ year: Int) throws -> Timestamp {
            let digits = String(year)
            let padding = String(repeating: "0", count: 4 - digits.count)
            return try #require(Timestamp(parsing: padding + digits + "-01-01"))
        }
        let length = try start(year + 1) - start(year)
        #expect(length.ticks == days * 86_400 * TimestampTests.second)
        #expect((try start(year) == .never) == isFirst)
    }

    /// Every day of four centuries, one after another.
    @Test func everyDayFollowsTheDayBefore() throws {
        let day = ISODuration.seconds(86_400)
        var instant = try #require(Timestamp(parsing: "1600-01-01"))
        var before = instant.civil
        var weekday = instant.weekday
        for _ in 0..<146_097 {
            instant = instant + day
            let parts = instant.civil
            weekday = (weekday + 1) % 7
            let isNext =
                parts.day == before.day + 1 && parts.month == before.month
                && parts.year == before.year
                || parts.day == 1 && parts.month == before.month + 1 && parts.year == before.year
                || parts == (before.year + 1, 1, 1, 0, 0, 0)
            try #require(isNext && instant.weekday == weekday, "\(before) then \(parts)")
            before = parts
        }
        #expect(before == (2000, 1, 1, 0, 0, 0))
        #expect(weekday == 5)
    }

    /// Foundation's calendar is Julian before October 1582, so the days compared come after.
    @Test(arguments: 1...8)
    func agreesWithFoundationsCalendar(seed: UInt64) throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        let first = try #require(Timestamp(parsing: "1583-01-01")).ticks / TimestampTests.second
        let last = Timestamp.last.ticks / TimestampTests.second
        var generator = SplitMix64(state: seed)
        for _ in 0..<250 {
            let seconds = Int64.random(in: first...last, using: &generator)
            let instant = Timestamp(ticks: seconds * TimestampTests.second)
            let date = Date(timeIntervalSince1970: TimeInterval(seconds - 62_135_596_800))
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
            let civil = instant.civil
            #expect(civil.year == parts.year, "\(instant)")
            #expect(civil.month == parts.month, "\(instant)")
            #expect(civil.day == parts.day, "\(instant)")
            #expect(civil.hour == parts.hour, "\(instant)")
            #expect(civil.minute == parts.minute, "\(instant)")
            #expect(civil.second == parts.second, "\(instant)")
            // Foundation counts from Sunday, 1.
            #expect(parts.weekday == (instant.weekday + 1) % 7 + 1, "\(instant)")
        }
    }

    // MARK: Arithmetic

    @Test func staysBetweenTheFirstAndTheLastInstant() {
        #expect(Timestamp(ticks: -1) == .never)
        #expect(Timestamp(ticks: .min) == .never)
        #expect(Timestamp(ticks: .max) == .last)
        #expect(Timestamp.last + ISODuration(ticks: 1) == .last)
        #expect(Timestamp.last + ISODuration(ticks: .max) == .last)
        #expect(Timestamp.never + ISODuration(ticks: -1) == .never)
        #expect(Timestamp.never + ISODuration(ticks: .min) == .never)
    }

    @Test func differencesAndSumsUndoEachOther() throws {
        let start = try #require(Timestamp(parsing: "2026-11-23T13:00:00Z"))
        let end = try #require(Timestamp(parsing: "2026-11-24T13:40:00.0000001Z"))
        #expect((end - start).description == "P1DT40M0.0000001S")
        #expect(start + (end - start) == end)
        #expect(end + (start - end) == start)
        #expect(start < end)
        #expect(Timestamp.never < Timestamp.last)
    }

    @Test(
        arguments: [
            (0, 0, "1970-01-01T00:00:00Z"),
            (1_795_438_800, 999_999_999, "2026-11-23T13:00:00.9999999Z"),
            (-1, 0, "1969-12-31T23:59:59Z"), (0, 99, "1970-01-01T00:00:00Z"),
            (0, 100, "1970-01-01T00:00:00.0000001Z"), (-99_999_999_999, 0, "0001-01-01T00:00:00Z"),
        ] as [(Int64, Int64, String)])
    func readsPOSIXClocks(seconds: Int64, nanoseconds: Int64, text: String) {
        let instant = Timestamp(unixSeconds: seconds, nanoseconds: nanoseconds)
        #expect(instant.description == text)
    }
}
