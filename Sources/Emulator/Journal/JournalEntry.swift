// One exchange: a request that came in, or one that a job sent to its target.

public import HTTP
public import Model
public import Provisioning

/// A request, its answer, and when it was.
///
/// A class, because entries move through the journal and never change.
public final class JournalEntry: Sendable {
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
    /// The request, of which `requestBody` is the body; of an outbound one the path is the whole URL's.
    public let request: HTTPRequest
    /// The whole URL of an outbound request; nil for an inbound one.
    public let url: String?
    /// The answer, of which `responseBody` is the body; nil when none came.
    public let response: HTTPResponse?
    /// Why no answer came; nil when one did.
    public let failure: String?
    /// The job that asked; nil for an inbound request.
    public let jobID: String?
    /// The fault rule that was applied; nil for none.
    public let faultID: String?

    /// What the bodies say that nobody wrote as bytes, as none went over a socket.
    private let unwritten: (request: JSONValue?, response: LocalAnswer.Unwritten?)
    /// About as many bytes as the bodies take in memory.
    let bodySize: Int

    /// Makes an entry; `prepared` and `unwrittenResponse` tell of the bodies where the request and the
    /// answer have none.
    public init(
        _ direction: Direction, time: Timestamp, request: HTTPRequest,
        prepared: PreparedRequest? = nil, url: String? = nil, response: HTTPResponse?,
        unwrittenResponse: LocalAnswer.Unwritten? = nil, failure: String? = nil,
        jobID: String? = nil, faultID: String? = nil
    ) {
        unwritten = (
            request.body.isEmpty ? prepared?.request.body : nil,
            response?.body.isEmpty == true ? unwrittenResponse : nil
        )
        bodySize =
            (request.body.isEmpty ? prepared?.bodySize ?? 0 : request.body.count)
            + (unwritten.response?.size ?? response?.body.count ?? 0)
        self.direction = direction
        self.time = time
        self.request = request
        self.url = url
        self.response = response
        self.failure = failure
        self.jobID = jobID
        self.faultID = faultID
    }

    /// The request's body.
    public var requestBody: [UInt8] { unwritten.request?.bytes ?? request.body }

    /// The answer's body; empty when none came.
    public var responseBody: [UInt8] {
        unwritten.response?.bytes ?? response?.body ?? []
    }
}
