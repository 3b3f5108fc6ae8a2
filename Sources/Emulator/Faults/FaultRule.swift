// What goes wrong on demand.

/// A call that a fault rule may match.
public struct FaultCall: Sendable {
    /// Who asks whom.
    public let direction: JournalEntry.Direction
    /// The method, such as `PATCH`.
    public let method: String
    /// The path as sent; of an outbound call the path of its URL.
    public let path: String
    /// The whole URL of an outbound call; nil for an inbound one.
    public let url: String?

    /// Makes a call.
    public init(
        _ direction: JournalEntry.Direction, method: String, path: String, url: String? = nil
    ) {
        self.direction = direction
        self.method = method
        self.path = path
        self.url = url
    }
}

/// What a fault does to one call.
public struct FaultEffect: Sendable, Equatable {
    /// The rule that says so.
    public var ruleID: String
    /// The answer's status; nil to let the call through (late, cut or garbled).
    public var status: Int?
    /// The error's code; nil for the one that the status usually has.
    public var code: String?
    /// The error's message.
    public var message: String?
    /// Seconds of `Retry-After`; calls that come earlier are told so again.
    public var retryAfter: Int?
    /// Milliseconds of real time to wait before anything is answered.
    public var delayMilliseconds = 0
    /// Whether the connection ends without an answer.
    public var dropsConnection = false
    /// Whether only half of the answer's body is sent.
    public var halvesBody = false
    /// The `Content-Type` that the answer gets; nil for its own.
    public var contentType: String?
    /// The body that is sent instead of the answer's; nil for its own.
    public var body: String?

    /// Makes an effect that changes nothing yet.
    public init(ruleID: String) { self.ruleID = ruleID }
}
