// One exchange: a request that came in, or one that a job sent to its target.

public import HTTP
public import Model

/// A request, its answer, and when it was.
public struct JournalEntry: Sendable {
    /// Who asked whom.
    public enum Direction: String, Sendable {
        /// A client asked the emulator.
        case inbound
        /// A job asked its target.
        case outbound
    }

    /// Who asked whom.
    public let direction: Direction
    /// When, on the tenant's clock.
    public let time: Timestamp
    /// The request; of an outbound one the path is the whole URL's.
    public let request: HTTPRequest
    /// The whole URL of an outbound request; nil for an inbound one.
    public let url: String?
    /// The answer; nil when none came.
    public let response: HTTPResponse?
    /// Why no answer came; nil when one did.
    public let failure: String?
    /// The job that asked; nil for an inbound request.
    public let jobID: String?
    /// The fault rule that was applied; nil for none.
    public let faultID: String?

    /// Makes an entry.
    public init(
        _ direction: Direction, time: Timestamp, request: HTTPRequest, url: String? = nil,
        response: HTTPResponse?, failure: String? = nil, jobID: String? = nil,
        faultID: String? = nil
    ) {
        self.direction = direction
        self.time = time
        self.request = request
        self.url = url
        self.response = response
        self.failure = failure
        self.jobID = jobID
        self.faultID = faultID
    }
}
