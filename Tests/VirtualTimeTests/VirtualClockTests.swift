// The clock in its three modes, read at made-up real instants.

import Model
import Testing
import VirtualTime

struct VirtualClockTests {
    private static let virtual = Timestamp(unixSeconds: 1_795_438_800, nanoseconds: 0)
    private static let real = Timestamp(unixSeconds: 1_700_000_000, nanoseconds: 0)
    private static let modes: [ClockMode] = [.real, .manual, .rate(1), .rate(60), .rate(1_000_000)]

    private static func clock(_ mode: ClockMode) -> VirtualClock {
        VirtualClock(mode: mode, virtual: virtual, real: real)
    }

    // MARK: What it shows

    private static let shown: [(mode: ClockMode, realTicks: Int64, virtualTicks: Int64)] = [
        (.real, 0, 0), (.real, 1, 1), (.real, 12_345_678, 12_345_678),
        (.manual, 0, 0), (.manual, 1, 0), (.manual, .max, 0),
        (.rate(1), 5, 5), (.rate(60), 1, 60), (.rate(60), 10_000_000, 600_000_000),
        (.rate(1_000_000), 7, 7_000_000),
    ]

    @Test(arguments: shown)
    func shows(mode: ClockMode, realTicks: Int64, virtualTicks: Int64) {
        let clock = VirtualClockTests.clock(mode)
        let now = clock.now(real: VirtualClockTests.real + ISODuration(ticks: realTicks))
        #expect(now == VirtualClockTests.virtual + ISODuration(ticks: virtualTicks))
    }

    @Test(arguments: modes)
    func doesNotGoBackWhenTheRealClockDoes(mode: ClockMode) {
        let clock = VirtualClockTests.clock(mode)
        for ticks in [-1, -10_000_000, Int64.min] {
            let real = VirtualClockTests.real + ISODuration(ticks: ticks)
            #expect(clock.now(real: real) == VirtualClockTests.virtual)
        }
    }

    @Test(arguments: modes)
    func neverShowsLessLater(mode: ClockMode) {
        let clock = VirtualClockTests.clock(mode)
        var before = Timestamp.never
        for step in 0..<200 {
            let ticks = Int64(step) * Int64(step) * 1_000_003
            let now = clock.now(real: VirtualClockTests.real + ISODuration(ticks: ticks))
            #expect(now >= before)
            before = now
        }
    }

    @Test(arguments: [ClockMode.real, .rate(60), .rate(1_000_000), .rate(.max)])
    func endsAtTheLastInstant(mode: ClockMode) {
        let early = VirtualClock(mode: mode, virtual: VirtualClockTests.virtual, real: .never)
        #expect(early.now(real: .last) == .last)
        let late = VirtualClock(mode: mode, virtual: .last, real: VirtualClockTests.real)
        #expect(late.now(real: VirtualClockTests.real + .seconds(1)) == .last)
    }

    // MARK: How long until

    private static let delays: [(mode: ClockMode, virtualTicks: Int64, realTicks: Int64?)] = [
        (.real, 0, 0), (.real, 1, 1), (.real, 600, 600), (.real, -5, 0),
        (.manual, 0, nil), (.manual, 600, nil), (.manual, -5, nil),
        (.rate(60), 0, 0), (.rate(60), 1, 1), (.rate(60), 60, 1), (.rate(60), 61, 2),
        (.rate(60), 600, 10), (.rate(60), -5, 0), (.rate(1), 7, 7),
    ]

    @Test(arguments: delays)
    func tellsTheRealDelay(mode: ClockMode, virtualTicks: Int64, realTicks: Int64?) {
        let clock = VirtualClockTests.clock(mode)
        let instant = VirtualClockTests.virtual + ISODuration(ticks: virtualTicks)
        let delay = clock.realDelay(until: instant, real: VirtualClockTests.real)
        #expect(delay == realTicks.map { ISODuration(ticks: $0) })
    }

    /// Whoever waits as long as he is told finds the instant reached, and a tick less is too early.
    @Test(arguments: [ClockMode.real, .rate(1), .rate(7), .rate(60), .rate(1_000_000)])
    func theDelayIsEnoughAndNotTooMuch(mode: ClockMode) throws {
        let clock = VirtualClockTests.clock(mode)
        for missing in [1, 59, 60, 61, 999_999, 1_000_000, 1_000_001, 36_000_000_000] as [Int64] {
            let real = VirtualClockTests.real + ISODuration(ticks: 12_345)
            let due = clock.now(real: real) + ISODuration(ticks: missing)
            let delay = try #require(clock.realDelay(until: due, real: real))
            #expect(clock.now(real: real + delay) >= due)
            #expect(clock.now(real: real + ISODuration(ticks: delay.ticks - 1)) < due)
        }
    }

    @Test(arguments: [ClockMode.real, .rate(1_000_000)])
    func tellsTheDelayUntilTheLastInstant(mode: ClockMode) throws {
        let clock = VirtualClock(mode: mode, virtual: .never, real: .never)
        let delay = try #require(clock.realDelay(until: .last, real: .never))
        #expect(clock.now(real: .never + delay) == .last)
    }

    // MARK: Moved and changed

    @Test(arguments: modes)
    func goesOnFromWhereItIsSet(mode: ClockMode) {
        var clock = VirtualClockTests.clock(mode)
        let real = VirtualClockTests.real + .minutes(5)
        let instant = VirtualClockTests.virtual + .minutes(60 * 24 * 30)
        clock.set(to: instant, real: real)
        #expect(clock.now(real: real) == instant)
        let later = clock.now(real: real + .seconds(1))
        switch mode {
        case .manual: #expect(later == instant)
        case .real: #expect(later == instant + .seconds(1))
        case .rate(let rate): #expect(later == instant + .seconds(rate))
        }
        #expect(clock.mode == mode)
    }

    @Test(arguments: modes, modes)
    func aChangeOfModeKeepsWhatIsShown(from: ClockMode, to: ClockMode) {
        var clock = VirtualClockTests.clock(from)
        let real = VirtualClockTests.real + ISODuration(ticks: 123_456_789)
        let shown = clock.now(real: real)
        clock.change(mode: to, real: real)
        #expect(clock.mode == to)
        #expect(clock.now(real: real) == shown)
        #expect(clock.now(real: real + ISODuration(ticks: -1)) == shown)
        #expect(clock.now(real: real + ISODuration(ticks: 1)) >= shown)
    }

    @Test func aStandingClockDoesNotCatchUp() {
        var clock = VirtualClockTests.clock(.manual)
        let real = VirtualClockTests.real + .minutes(60)
        clock.change(mode: .real, real: real)
        #expect(clock.now(real: real + .seconds(1)) == VirtualClockTests.virtual + .seconds(1))
    }

    // MARK: JSON

    @Test(arguments: modes)
    func isReadAsItWasKept(mode: ClockMode) throws {
        let clock = VirtualClock(
            mode: mode, virtual: VirtualClockTests.virtual + ISODuration(ticks: 1_234_567),
            real: VirtualClockTests.real + ISODuration(ticks: 1))
        #expect(VirtualClock(try JSONValue(parsing: clock.json.text)) == clock)
    }

    @Test func isKeptWithItsModeAndBothInstants() {
        let expected: JSONValue = [
            "mode": "x60", "virtual": "2026-11-23T13:00:00Z", "real": "2023-11-14T22:13:20Z",
        ]
        #expect(VirtualClockTests.clock(.rate(60)).json == expected)
    }

    @Test(arguments: [
        "null", "[]", "{}", #"{"mode":"real","virtual":"2026-11-23T13:00:00Z"}"#,
        #"{"mode":"real","real":"2026-11-23T13:00:00Z"}"#,
        #"{"virtual":"2026-11-23T13:00:00Z","real":"2026-11-23T13:00:00Z"}"#,
        #"{"mode":"x0","virtual":"2026-11-23T13:00:00Z","real":"2026-11-23T13:00:00Z"}"#,
        #"{"mode":"real","virtual":"today","real":"2026-11-23T13:00:00Z"}"#,
        #"{"mode":"real","virtual":"2026-11-23T13:00:00Z","real":1}"#,
    ])
    func refusesWhatNoClockWasKeptAs(text: String) throws {
        #expect(VirtualClock(try JSONValue(parsing: text)) == nil)
    }
}
