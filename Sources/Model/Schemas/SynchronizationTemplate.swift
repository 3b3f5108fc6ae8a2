// What a job is made from.

/// A connector's template: its default schema and what its jobs begin with.
///
/// File shape: `Fixtures/Templates/scim.json`.
public struct SynchronizationTemplate: Sendable {
    /// The template's identifier, the first part of its jobs' identifiers.
    public let id: String
    /// The gallery's application template that it belongs to.
    public let applicationTemplateID: GUID
    /// The time between cycles of its jobs.
    public let interval: ISODuration
    /// Whether the identifiers of its jobs carry the application's id.
    public let jobIDNamesApplication: Bool
    /// Settings that its jobs begin with.
    public let settings: [KeyValuePair]
    /// The template's own members in the service's JSON, without the schema.
    public let json: JSONObject

    /// Makes a template.
    public init(
        id: String, applicationTemplateID: GUID, interval: ISODuration,
        jobIDNamesApplication: Bool, settings: [KeyValuePair], json: JSONObject
    ) {
        self.id = id
        self.applicationTemplateID = applicationTemplateID
        self.interval = interval
        self.jobIDNamesApplication = jobIDNamesApplication
        self.settings = settings
        self.json = json
    }

    /// The identifier of a job of this template.
    ///
    /// Shape: `<templateId>.<tenant id without dashes>[.<appId>]`.
    public func jobID(tenant: GUID, application: GUID) -> String {
        let base = id + "." + tenant.withoutDashes
        return jobIDNamesApplication ? base + "." + application.description : base
    }
}
