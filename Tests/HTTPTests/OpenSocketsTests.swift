// The sockets of all connections, here without sockets.

import Testing

@testable import HTTP

struct OpenSocketsTests {
    /// No descriptor has this number, so shutting it down does nothing.
    private let nobody: Int32 = -1

    @Test func isEmptyAtOnceWithoutSockets() {
        let sockets = OpenSockets(limit: 1)
        sockets.stopReading()
        #expect(sockets.waitUntilEmpty(seconds: 0))
    }

    @Test func waitsForTheLastSocket() {
        let sockets = OpenSockets(limit: 1)
        sockets.add(nobody)
        sockets.stopReading()
        #expect(!sockets.waitUntilEmpty(seconds: 0))
        sockets.remove(nobody)
        #expect(sockets.waitUntilEmpty(seconds: 0))
    }

    @Test func letsAnotherInWhenOneHasGone() async throws {
        let sockets = OpenSockets(limit: 1)
        sockets.waitForRoom()
        sockets.add(nobody)
        async let hasRoom: Void = onThread { sockets.waitForRoom() }
        sockets.remove(nobody)
        try await hasRoom
    }
}
