// The catalogue's part for batches and limits.

import HTTP

extension GraphError {
    /// Unverified: the words for a batch that can't be read; the status is documented.
    static func malformedBatch(_ path: String, _ problem: String) -> GraphError {
        GraphError(400, "BadRequest", "Invalid batch payload format: \(problem). Path '\(path)'.")
    }

    /// Unverified: code and message of a batch with too many requests.
    static let batchTooLarge = GraphError(
        400, "MaximumValueExceeded",
        "Number of batch request steps exceeds the maximum value of \(Limits.batchRequests).")

    static func batchURL(_ url: String) -> GraphError {
        GraphError(
            400, "BadRequest", "The url '\(url)' of a batch request is not below the batch's root.")
    }

    static let nestedBatch = GraphError(400, "BadRequest", "A batch can't hold another batch.")

    /// Unverified: the body of an entry whose dependency failed; the status is documented.
    static let failedDependency = GraphError(
        424, "FailedDependency", "A request that this one depends on has failed.")

    /// Unverified: code and message of a throttled call; status and headers are documented.
    static func throttled(retryAfterSeconds: Int64, scope: String, limit: String) -> GraphError {
        GraphError(
            429, "TooManyRequests", "Too many requests.",
            fields: [
                HTTPField("Retry-After", String(retryAfterSeconds)),
                HTTPField("x-ms-throttle-scope", scope),
                HTTPField("x-ms-throttle-information", limit),
            ])
    }
}
