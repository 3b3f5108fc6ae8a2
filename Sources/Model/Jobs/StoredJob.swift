// A job together with what it does not show.

/// A job, whose it is and how far it has read its source.
public struct StoredJob: Sendable, Equatable {
    /// The job.
    public var job: SynchronizationJob
    /// The service principal that it belongs to.
    public let servicePrincipal: GUID
    /// The change up to which the job has read its source; nil before its initial cycle.
    public var watermark: Int64?
    /// Whether the job has a schema of its own; else its template's is in force.
    public let hasOwnSchema: Bool

    /// Makes a job; by default one that was never stored.
    public init(
        job: SynchronizationJob, servicePrincipal: GUID, watermark: Int64? = nil,
        hasOwnSchema: Bool = false
    ) {
        self.job = job
        self.servicePrincipal = servicePrincipal
        self.watermark = watermark
        self.hasOwnSchema = hasOwnSchema
    }
}
