// When a job has failed too often.

/// The thresholds at which failures put a job into quarantine.
///
/// Follows "Application provisioning in quarantine status".
public struct QuarantineRule: Sendable {
    /// Failures below which the proportion is not looked at.
    public var proportionMinimum: Int64 = 5_000
    /// Failures, without those of references, that are too many whatever their proportion.
    public var baseLimit: Int64 = 40_000
    /// Failures, with those of references, that are too many whatever their proportion.
    public var totalLimit: Int64 = 60_000

    /// The service's thresholds.
    public init() {}

    /// Why failures put a job into quarantine; nil when they do not.
    ///
    /// - Parameters:
    ///   - failures: failures of objects, without those of references.
    ///   - referenceFailures: failures of references.
    ///   - events: objects that were processed.
    /// - Returns: a member of `quarantineReason`.
    public func reason(failures: Int64, referenceFailures: Int64, events: Int64) -> String? {
        if failures > baseLimit { return "EncounteredBaseEscrowThreshold" }
        if failures + referenceFailures > totalLimit { return "EncounteredTotalEscrowThreshold" }
        // In whole numbers: more than 40 percent.
        if failures >= proportionMinimum, failures * 10 > events * 4 {
            return "EncounteredEscrowProportionThreshold"
        }
        return nil
    }
}
