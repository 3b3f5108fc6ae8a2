// Everything that is alike in the records of a cycle.

public import Model

/// What the records of a cycle have in common.
public struct RecordSurroundings: Sendable, Equatable {
    /// The tenant.
    public var tenant: GUID
    /// The job.
    public var jobID: String
    /// The application that the job belongs to.
    public var servicePrincipal: GUID
    /// The application's name.
    public var servicePrincipalName: String
    /// The run (`activityIdentifier` of the execution).
    public var cycle: GUID

    /// Makes the surroundings of a cycle's records.
    public init(
        tenant: GUID, jobID: String, servicePrincipal: GUID, servicePrincipalName: String,
        cycle: GUID
    ) {
        self.tenant = tenant
        self.jobID = jobID
        self.servicePrincipal = servicePrincipal
        self.servicePrincipalName = servicePrincipalName
        self.cycle = cycle
    }
}
