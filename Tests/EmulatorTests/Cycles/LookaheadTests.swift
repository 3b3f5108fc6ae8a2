// What is made ahead comes in order, once, and as far as it can be read.

import Synchronization
import Testing

@testable import Emulator

struct LookaheadTests {
    private struct Unreadable: Error {}

    @Test(arguments: [0, 1, 15, 16, 17, 64, 1_000]) func everyOutputComesOnceAndInOrder(
        count: Int
    ) {
        let made = Mutex(0)
        let ahead = Lookahead(count, Aside(), read: { $0 }) { input in
            made.withLock { $0 += 1 }
            return input * 2
        }
        var outputs: [Int] = []
        while let output = ahead.next() { outputs.append(output) }
        #expect(outputs == (0..<count).map { $0 * 2 })
        #expect(made.withLock { $0 } == count)
        #expect(ahead.next() == nil)
    }

    @Test func readsNoFurtherThanItMakesAhead() {
        var last = 0
        let ahead = Lookahead(10_000, Aside()) { (place: Int) -> Int in
            last = place
            return place
        } make: {
            $0
        }
        #expect(ahead.next() == 0)
        #expect(last < 100)
    }

    @Test func whatWasStartedComesAsWell() {
        var last = -1
        let ahead = Lookahead(100, Aside()) { (place: Int) -> Int in
            last = place
            return place
        } make: {
            $0
        }
        ahead.start(2)
        #expect(last == 2 * Limits.objectsInPiece - 1)
        ahead.start(2)
        #expect(last == 2 * Limits.objectsInPiece - 1)
        var outputs: [Int] = []
        while let output = ahead.next() { outputs.append(output) }
        #expect(outputs == Array(0..<100))
    }

    @Test func withoutAnythingAsideItReadsOneByOne() {
        var read = 0
        let ahead = Lookahead(100, nil) { (place: Int) -> Int in
            read += 1
            return place
        } make: {
            $0
        }
        for place in 0..<10 {
            #expect(ahead.next() == place)
            #expect(read == place + 1)
        }
    }

    @Test func whatCannotBeReadEndsIt() {
        let ahead = Lookahead(100, Aside()) { (place: Int) throws(Unreadable) -> Int in
            guard place < 70 else { throw Unreadable() }
            return place
        } make: {
            $0
        }
        var outputs = 0
        #expect(throws: Unreadable.self) {
            while try ahead.next() != nil { outputs += 1 }
        }
        #expect(outputs <= 70)
    }
}
