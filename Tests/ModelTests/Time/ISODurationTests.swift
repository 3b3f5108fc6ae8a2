// Lengths of time: printed and parsed.

import Model
import Support
import Testing

struct ISODurationTests {
    private static let second = Timestamp.ticksPerSecond

    /// Durations in the form that is printed, and their ticks.
    private static let printed: [(text: String, ticks: Int64)] = [
        ("PT0S", 0), ("PT0.0000001S", 1), ("PT0.5S", second / 2), ("PT1S", second),
        ("PT59.9999999S", 60 * second - 1), ("PT1M", 60 * second), ("PT2M", 120 * second),
        ("PT20M", 1_200 * second), ("PT40M", 2_400 * second), ("PT1H", 3_600 * second),
        ("PT1H0.25S", 3_600 * second + second / 4), ("PT23H59M59S", 86_399 * second),
        ("P1D", 86_400 * second), ("P1DT1S", 86_401 * second), ("P30D", 30 * 86_400 * second),
        ("P1DT2H3M4.0000005S", 93_784 * second + 5),
        // The service's "no interval": TimeSpan.MaxValue.
        ("P10675199DT2H48M5.4775807S", .max),
    ]

    @Test(arguments: printed)
    func printsAndParses(text: String, ticks: Int64) {
        #expect(ISODuration(ticks: ticks).description == text)
        #expect(ISODuration(parsing: text) == ISODuration(ticks: ticks))
    }

    /// Other forms that are understood, and how the same length is printed.
    @Test(arguments: [
        ("P1W", "P7D"), ("P1W1D", "P8D"), ("P0D", "PT0S"), ("PT60S", "PT1M"), ("PT90M", "PT1H30M"),
        ("PT24H", "P1D"), ("P1DT36H", "P2DT12H"), ("PT007M", "PT7M"), ("PT1.0S", "PT1S"),
        ("PT0.12345678S", "PT0.1234567S"), ("PT1H30S", "PT1H30S"), ("P0DT0H0M0S", "PT0S"),
    ])
    func understands(text: String, printed: String) {
        #expect(ISODuration(parsing: text)?.description == printed)
    }

    @Test(arguments: [
        "", "P", "PT", "T1S", "1S", "PT1", "P1", "P1S", "P1H", "PT1D", "PT1W", "P1DT", "PTT1S",
        "PT1ST", "P1D1D", "PT1S1M", "PT1M1H", "P1D1W", "P1DT1W", "PT1H1H", "PT.5S", "PT1.S",
        "PT1,5S", "PT1.5M", "PT0.5H", "P0.5D", "PT-1S", "PT+1S", "-PT1S", "+PT1S", "P1Y", "P1M",
        "P1Y2M", "pt1s", "PT1s", "PT1S ", " PT1S", "PT 1S", "PT1 S", "PT１S", "PT1\u{301}S",
        "P10675199DT2H48M5.4775808S", "P10675200D", "PT9223372036854775808S",
        "P9223372036854775807D", "PT922337203685.4775808S",
    ])
    func refuses(text: String) {
        #expect(ISODuration(parsing: text) == nil)
    }

    @Test(arguments: ["P1.0D", "PT1.0H", "PT1.0M", "P1.0W", "PT1.0M1S"])
    func refusesAFractionOfAnythingButSeconds(text: String) {
        #expect(ISODuration(parsing: text) == nil)
    }

    @Test func whatIsPrintedIsParsedAgain() {
        var generator = SplitMix64(state: 5)
        for _ in 0..<2_000 {
            let length = ISODuration(ticks: .random(in: 0 ... .max, using: &generator))
            #expect(ISODuration(parsing: length.description) == length)
            let short = ISODuration(ticks: length.ticks % (100_000 * ISODurationTests.second))
            #expect(ISODuration(parsing: short.description) == short)
        }
    }

    @Test func printsNegativeLengthsWithASign() {
        #expect(ISODuration(ticks: -1).description == "-PT0.0000001S")
        #expect(ISODuration.minutes(-90).description == "-PT1H30M")
        #expect(ISODuration(ticks: .min).description == "-P10675199DT2H48M5.4775808S")
    }

    @Test func ordersByLength() {
        #expect(ISODuration.seconds(59) < .minutes(1))
        #expect(ISODuration.seconds(60) == .minutes(1))
        #expect(ISODuration.minutes(-1) < .seconds(0))
    }
}
