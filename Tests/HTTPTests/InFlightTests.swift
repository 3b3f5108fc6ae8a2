// Counting requests, and waiting until there are none.

import Testing

@testable import HTTP

struct InFlightTests {
    @Test func doesNotWaitForNothing() {
        let inFlight = InFlight()
        inFlight.startDraining()
        #expect(inFlight.isDraining)
        #expect(inFlight.waitUntilIdle(graceSeconds: 0) {})
    }

    @Test func givesUpWhenTheGraceIsOver() {
        let inFlight = InFlight()
        inFlight.begin()
        inFlight.startDraining()
        #expect(!inFlight.waitUntilIdle(graceSeconds: 0) {})
        #expect(inFlight.count == 1)
    }

    @Test func waitsForTheLastRequest() async throws {
        let inFlight = InFlight()
        for _ in 0..<3 { inFlight.begin() }
        inFlight.startDraining()
        async let isIdle = onThread { inFlight.waitUntilIdle(graceSeconds: 30) {} }
        for _ in 0..<3 { inFlight.end() }
        #expect(try await isIdle)
        #expect(inFlight.count == 0)
    }
}
