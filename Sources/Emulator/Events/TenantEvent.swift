// Things that happen in a tenant, as they are told to whoever listens.

public import Model

/// Something that happened; its data is only made when somebody listens.
public struct TenantEvent: Sendable {
    /// What happened.
    public enum Kind: String, Sendable, CaseIterable {
        /// A request came in, or a job asked its target.
        case request
        /// A cycle ended: `{"jobId","execution"}`.
        case cycle
        /// A row of the provisioning log was written.
        case log
        /// The clock was moved or changed.
        case clock
        /// A call met a fault rule.
        case fault
        /// The tenant was reset, seeded or restored.
        case tenant
    }

    /// What happened.
    public let kind: Kind
    /// When, on the tenant's clock.
    public let time: Timestamp
    /// What there is to say of it.
    public let data: @Sendable () -> JSONValue

    /// Makes an event.
    public init(_ kind: Kind, at time: Timestamp, data: @escaping @Sendable () -> JSONValue) {
        self.kind = kind
        self.time = time
        self.data = data
    }
}
