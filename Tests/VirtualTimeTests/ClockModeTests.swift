// The names of the modes.

import Testing
import VirtualTime

struct ClockModeTests {
    @Test(arguments: [
        ("real", ClockMode.real), ("manual", .manual), ("x1", .rate(1)), ("x60", .rate(60)),
        ("x1000000", .rate(ClockMode.maximumRate)),
    ])
    func readsAndPrints(text: String, mode: ClockMode) {
        #expect(ClockMode(parsing: text) == mode)
        #expect(mode.description == text)
    }

    @Test(arguments: [
        "", "Real", "MANUAL", " real", "x", "x0", "x-1", "X60", "60", "60x", "x1.5", "x 60",
        "x1000001", "x9223372036854775808", "x６０", "xx60", "fast",
    ])
    func refuses(text: String) {
        #expect(ClockMode(parsing: text) == nil)
    }

    /// `xN`, with nothing before the number.
    @Test(arguments: ["x+60", "x+1"])
    func refusesASign(text: String) {
        #expect(ClockMode(parsing: text) == nil)
    }
}
