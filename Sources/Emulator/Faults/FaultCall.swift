// A call that a fault rule may match.

public import Model

/// A call on its way in, or out to a job's target.
public struct FaultCall: Sendable {
    /// Who asks whom.
    public let direction: JournalEntry.Direction
    /// The method, such as `PATCH`.
    public let method: String
    /// The path as sent, without a tenant's prefix; of an outbound call the path of its URL.
    public let path: String
    /// The whole URL of an outbound call; nil for an inbound one.
    public let url: String?
    /// When, on the tenant's clock; nil for what the clock shows.
    ///
    /// A cycle says its own instant.
    public let time: Timestamp?

    /// Makes a call.
    public init(
        _ direction: JournalEntry.Direction, method: String, path: String, url: String? = nil,
        time: Timestamp? = nil
    ) {
        self.direction = direction
        self.method = method
        self.path = path
        self.url = url
        self.time = time
    }
}
