// A record of the provisioning log as it is stored.

/// The columns of a record, and what is in none of them.
public struct ProvisioningLogRow: Sendable {
    /// The record's identifier.
    public var id: String
    /// When the object was processed.
    public var activity: Timestamp
    /// The job.
    public var job: String
    /// The run.
    public var cycle: String
    /// The change.
    public var change: String
    /// What was done (`provisioningAction`).
    public var action: String
    /// How it ended.
    public var status: String
    /// The application.
    public var servicePrincipal: String
    /// The source object's identifier.
    public var source: String
    /// The target object's identifier.
    public var target: String
    /// The text of the ``ProvisioningLogContext`` that the body refers to; nil for a body that is the whole
    /// record.
    public var context: String?
    /// The record as a ``LoggedRecord``, or the whole of it as `provisioningObjectSummary`: JSON in UTF-8.
    public var body: [UInt8]

    /// Makes a row.
    public init(
        id: String, activity: Timestamp, job: String, cycle: String, change: String,
        action: String, status: String, servicePrincipal: String, source: String, target: String,
        context: String?, body: [UInt8]
    ) {
        self.id = id
        self.activity = activity
        self.job = job
        self.cycle = cycle
        self.change = change
        self.action = action
        self.status = status
        self.servicePrincipal = servicePrincipal
        self.source = source
        self.target = target
        self.context = context
        self.body = body
    }
}
