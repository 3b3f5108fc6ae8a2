// Identifiers out of a seed.

import Model
import Testing
import VirtualTime

struct IDGeneratorTests {
    private static func identifiers(
        _ seed: UInt64, from position: UInt64 = 0, count: Int
    ) -> [GUID] {
        var generator = IDGenerator(seed: seed, position: position)
        return (0..<count).map { _ in generator.next() }
    }

    @Test(arguments: [0, 1, 42, UInt64.max])
    func theSameSeedGivesTheSameIdentifiers(seed: UInt64) {
        let first = IDGeneratorTests.identifiers(seed, count: 100)
        #expect(IDGeneratorTests.identifiers(seed, count: 100) == first)
        #expect(Set(first).isDisjoint(with: IDGeneratorTests.identifiers(seed ^ 2, count: 100)))
    }

    /// Scripts rely on what a seed gives; a new sequence breaks them.
    @Test func theSequenceIsTheOneThatWasReleased() {
        let identifiers = IDGeneratorTests.identifiers(1, count: 3).map(\.description)
        #expect(
            identifiers == [
                "e06dd043-328b-4285-ac4c-5bee627011b3",
                "b9b9dc59-300f-4a27-a17b-6d147da182da",
                "3b5b26b4-abed-44ab-bd41-bf495cd3075f",
            ])
    }

    @Test func everyIdentifierIsRandomOfVersionFour() {
        for identifier in IDGeneratorTests.identifiers(7, count: 10_000) {
            #expect(identifier.high >> 12 & 0xF == 4, "\(identifier)")
            #expect(identifier.low >> 62 == 0b10, "\(identifier)")
        }
    }

    /// Of every bit that is free about half is set.
    @Test func everyFreeBitVaries() {
        var counts = Array(repeating: 0, count: 128)
        let identifiers = IDGeneratorTests.identifiers(11, count: 4_096)
        for identifier in identifiers {
            for bit in 0..<64 {
                counts[bit] += Int(identifier.high >> UInt64(63 - bit) & 1)
                counts[64 + bit] += Int(identifier.low >> UInt64(63 - bit) & 1)
            }
        }
        let fixed = Set([48, 49, 50, 51, 64, 65])
        for bit in 0..<128 where !fixed.contains(bit) {
            #expect((1_792...2_304).contains(counts[bit]), "bit \(bit): \(counts[bit])")
        }
    }

    @Test(arguments: [1, 2, 99] as [UInt64])
    func goesOnWhereItStopped(position: UInt64) {
        let all = IDGeneratorTests.identifiers(5, count: 200)
        let rest = IDGeneratorTests.identifiers(5, from: position, count: 200 - Int(position))
        #expect(Array(all.dropFirst(Int(position))) == rest)
    }

    @Test func countsItsPosition() {
        var generator = IDGenerator(seed: 5, position: 10)
        #expect(generator.position == 10)
        _ = generator.next()
        _ = generator.next()
        #expect(generator.position == 12)
    }

    @Test func goesOnBeyondTheLastPosition() {
        var generator = IDGenerator(seed: 5, position: .max)
        let identifier = generator.next()
        #expect(generator.position == 0)
        #expect(identifier != generator.next())
    }

    @Test(arguments: [0, 3] as [UInt64])
    func doesNotRepeatItselfInAHundredThousand(seed: UInt64) {
        let count = 100_000
        #expect(Set(IDGeneratorTests.identifiers(seed, count: count)).count == count)
    }

    @Test func seedsDifferByTextAndTenant() {
        let tenants = [GUID.zero, GUID(high: 0, low: 1), GUID(high: 1, low: 0)]
        let texts = ["", "a", "b", "ab", "ba", "aa", "\u{0}"]
        let seeds = tenants.flatMap { tenant in
            texts.map { IDGenerator.seed(from: $0, tenant: tenant) }
        }
        #expect(Set(seeds).count == tenants.count * texts.count)
        let again = IDGenerator.seed(from: "ab", tenant: tenants[1])
        #expect(seeds[texts.count + 3] == again)
    }
}
