// What a fault does to one call.

/// What a call that meets a fault rule gets instead of, or along with, its answer.
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

    /// The header field that every faulted answer carries; its value is the rule's identifier.
    public static let fieldName = "x-entrasync-fault"

    /// Makes an effect that changes nothing yet.
    public init(ruleID: String) { self.ruleID = ruleID }

    /// Whether it does anything at all.
    var isEmpty: Bool {
        var plain = FaultEffect(ruleID: ruleID)
        plain.code = code
        plain.message = message
        plain.retryAfter = retryAfter
        return self == plain
    }
}
