// The worked examples of the quarantine thresholds.

import Provisioning
import Testing

struct QuarantineRuleTests {
    @Test(
        arguments: [
            // failures, of references, objects, reason
            (4_000, 0, 4_000, nil), (4_999, 0, 5_000, nil),
            (5_000, 0, 12_500, nil), (5_000, 0, 12_499, "EncounteredEscrowProportionThreshold"),
            (45_000, 0, 1_000_000, "EncounteredBaseEscrowThreshold"),
            (30_000, 0, 35_000, "EncounteredEscrowProportionThreshold"),
            (20_000, 0, 120_000, nil),
            (40_000, 21_000, 1_000_000, "EncounteredTotalEscrowThreshold"),
            (40_000, 20_000, 1_000_000, nil),
            (40_001, 0, 1_000_000, "EncounteredBaseEscrowThreshold"),
            (0, 60_001, 1_000_000, "EncounteredTotalEscrowThreshold"), (0, 50_000, 50_000, nil),
            (0, 0, 0, nil),
        ] as [(Int64, Int64, Int64, String?)])
    func aThresholdIsReachedAsDocumented(
        failures: Int64, references: Int64, events: Int64, reason: String?
    ) {
        let found = QuarantineRule().reason(
            failures: failures, referenceFailures: references, events: events)
        #expect(found == reason, "\(failures), \(references) of \(events)")
    }
}
