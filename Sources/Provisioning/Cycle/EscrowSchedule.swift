// When an object that failed is tried again.

public import Model

/// The service's rhythm of retries: the next cycle, then 6, 12 and 24 hours after the first failure,
/// then every 24 hours up to 28 days.
///
/// Follows "Application provisioning in quarantine status".
public enum EscrowSchedule {
    /// When an object is due again; nil when it is given up.
    public static func due(
        firstFailed: Timestamp, now: Timestamp, attempts: Int64
    ) -> Timestamp? {
        // The first retry is that of the next cycle, whenever that comes.
        guard attempts > 1 else { return now }
        let hour = ISODuration.seconds(3_600).ticks
        let age = (now - firstFailed).ticks
        let days = (age / (24 * hour)) + 1
        let next: Int64 =
            age < 6 * hour ? 6 * hour : age < 12 * hour ? 12 * hour : days * 24 * hour
        guard next <= 28 * 24 * hour else { return nil }
        return firstFailed + ISODuration(ticks: next)
    }
}
