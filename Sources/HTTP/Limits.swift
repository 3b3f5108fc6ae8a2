// Every limit of this target that is not an option, by name.

/// Fixed limits of the listener.
enum Limits {
    /// A body over its limit, announced by length, is read and thrown away up to this size, so
    /// that a client that sends first and reads later gets to read the refusal.
    static func discardedBytes(bodyLimitBytes: Int) -> Int {
        let (fourfold, hasOverflowed) = bodyLimitBytes.multipliedReportingOverflow(by: 4)
        return hasOverflowed ? .max : max(fourfold, 16 << 20)
    }

    /// A chunked body cannot be answered before its end; beyond this size the connection is cut.
    static func chunkedBytes(bodyLimitBytes: Int) -> Int {
        max(discardedBytes(bodyLimitBytes: bodyLimitBytes), 64 << 20)
    }

    /// Room set aside in advance for an announced body; more is taken as it arrives.
    static let reservedBodyBytes = 1 << 20

    /// Closed connections whose clients may go on sending at the same time.
    static let lingeringConnections = 16
    /// What a refused client may still send before it is cut off.
    static let lingeringBytes = 1 << 30
    /// How long a refused client may go on sending.
    static let lingeringSeconds = 10
}
