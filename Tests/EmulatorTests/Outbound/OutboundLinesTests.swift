// Connections that work while the run keeps: order, ends, and what waits for what.

import Model
import Provisioning
import Support
import Synchronization
import Testing

@testable import Emulator

struct OutboundLinesTests {
    private static let pieces = 100
    private static let gone = TargetFailure(.unreachable, code: "Gone", message: "Nobody answers.")

    private struct FullDisk: Error {}

    @Test(arguments: [1, 4]) func everythingIsKeptOnceAndInOrder(count: Int) throws {
        var kept: [Int] = []
        try lines(count).run(Self.pieces) { _, _ in
            { .done($0 * 2) }
        } keep: { results in
            kept += results.map { $0.place }
            #expect(results.allSatisfy { $0.value == $0.place * 2 })
        }
        #expect(kept == Array(0..<Self.pieces))
    }

    @Test func oneConnectionWorksInOrder() throws {
        let begun = Order()
        try lines(1).run(Self.pieces) { _, _ in
            { place in
                begun.add(place)
                return .done(place)
            }
        } keep: { results in
            #expect(results.allSatisfy { $0.value == $0.place })
        }
        #expect(begun.all == Array(0..<Self.pieces))
    }

    @Test(arguments: [1, 4]) func afterAnEndNothingBeginsAndAllThatWasDoneIsKept(
        count: Int
    ) throws {
        let begun = Order()
        var kept: [Int] = []
        let end = 40
        #expect(throws: Self.gone) {
            try lines(count).run(Self.pieces) { _, _ in
                { place in
                    begun.add(place)
                    return place == end ? .last(place, Self.gone) : .done(place)
                }
            } keep: { results in
                kept += results.compactMap { $0.value }
            }
        }
        #expect(kept == Array(0..<kept.count))
        #expect(Set(begun.all) == Set(kept))
        #expect(kept.contains(end))
        if count == 1 { #expect(kept.count == end + 1) }
    }

    @Test(arguments: [1, 4]) func nothingIsKeptAfterAStoreThatFails(count: Int) throws {
        var calls = 0
        #expect(throws: FullDisk.self) {
            try lines(count).run(Self.pieces) { _, _ in
                { .done($0) }
            } keep: { _ in
                calls += 1
                throw FullDisk()
            }
        }
        #expect(calls == 1)
    }

    @Test func whoSettlesSeesAllThatWasDoneBefore() throws {
        let kept = Order()
        try lines(1).run(Self.pieces) { _, settle in
            { place in
                if place % 7 == 3 {
                    settle()
                    #expect(kept.all.count == place)
                }
                return .done(place)
            }
        } keep: { results in
            for result in results { kept.add(result.place) }
        }
        #expect(kept.all.count == Self.pieces)
    }

    private func lines(_ count: Int) throws -> OutboundLines {
        try withEndpoint([]) { directory, _, _ in OutboundLines(directory, count: count) }
    }

    /// What happened, in order.
    private final class Order: Sendable {
        private let places = Mutex<[Int]>([])
        var all: [Int] { places.withLock { $0 } }
        func add(_ place: Int) { places.withLock { $0.append(place) } }
    }
}
