// What the log says of a request.

import HTTP

/// One answered request, as fields.
public struct RequestRecord: Sendable {
    /// The method as sent.
    public let method: String
    /// The path as sent.
    public let path: String
    /// The status of the answer.
    public let status: Int
    /// The answer's `request-id`; empty where the face gives none.
    public let requestID: String
    /// The tenant's time, as the answer's Date header has it; empty where the face gives none.
    public let virtualTime: String

    init(_ request: HTTPRequest, _ response: HTTPResponse) {
        method = request.method
        path = request.path
        status = response.status
        requestID = response.value(of: "request-id") ?? ""
        virtualTime = response.value(of: "Date") ?? ""
    }
}
