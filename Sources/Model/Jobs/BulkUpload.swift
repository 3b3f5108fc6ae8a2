// A bulk upload that was taken in.

/// One request to `…/bulkUpload`, kept until its job's next cycle reads it.
public struct BulkUpload: Sendable, Equatable {
    /// Its place among all uploads of the tenant.
    public let sequence: Int64
    /// The job that it is for.
    public let jobID: String
    /// When it came.
    public let received: Timestamp
    /// The `request-id` that it was answered with.
    public let requestID: String
    /// The BulkRequest as it was sent; `BulkRequest` reads it.
    public let body: String

    /// Makes an upload.
    public init(
        sequence: Int64, jobID: String, received: Timestamp, requestID: String, body: String
    ) {
        self.sequence = sequence
        self.jobID = jobID
        self.received = received
        self.requestID = requestID
        self.body = body
    }
}
