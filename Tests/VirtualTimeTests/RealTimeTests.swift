// The machine's clock and entropy, held against another reading of them.

import Foundation
import Model
import Testing
import VirtualTime

struct RealTimeTests {
    @Test func tellsTheTimeThatFoundationTells() {
        let before = Date().timeIntervalSince1970
        let now = RealTime.now()
        let after = Date().timeIntervalSince1970
        let epoch = Timestamp(unixSeconds: 0, nanoseconds: 0)
        let seconds = Double((now - epoch).ticks) / Double(Timestamp.ticksPerSecond)
        // A double holds today's time to less than a microsecond.
        #expect(seconds > before - 0.001)
        #expect(seconds < after + 0.001)
    }

    @Test func entropyDiffers() {
        #expect(Set((0..<100).map { _ in RealTime.entropy() }).count == 100)
    }
}
