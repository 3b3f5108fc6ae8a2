// When an object that failed is tried again.

import Model
import Provisioning
import Testing

struct EscrowScheduleTests {
    private static let start = Timestamp(ticks: 1_000_000_000)

    private func due(afterHours hours: Int64, attempts: Int64) -> Int64? {
        let hour = ISODuration.minutes(60).ticks
        let due = EscrowSchedule.due(
            firstFailed: Self.start, now: Self.start + ISODuration(ticks: hours * hour),
            attempts: attempts)
        return due.map { ($0 - Self.start).ticks / hour }
    }

    @Test func theFirstRetryIsThatOfTheNextCycle() {
        #expect(due(afterHours: 0, attempts: 1) == 0)
    }

    @Test(
        arguments: [
            (1, 6), (5, 6), (6, 12), (11, 12), (12, 24), (23, 24), (24, 48), (47, 48), (48, 72),
            (27 * 24 - 1, 27 * 24), (27 * 24, 28 * 24), (28 * 24 - 1, 28 * 24),
        ] as [(Int64, Int64)])
    func laterOnesAreSpacedFromTheFirstFailure(age: Int64, expected: Int64) {
        #expect(due(afterHours: age, attempts: 2) == expected)
    }

    @Test func afterFourWeeksAnObjectIsGivenUp() {
        #expect(due(afterHours: 28 * 24, attempts: 30) == nil)
        #expect(due(afterHours: 40 * 24, attempts: 30) == nil)
    }
}
