// How tenants begin and how their time goes on.

public import Model
public import VirtualTime

/// What is alike for all tenants of a process.
public struct TenantOptions: Sendable {
    /// How time goes on.
    public var clockMode: ClockMode
    /// What a new tenant's clock shows first; nil for the machine's time.
    public var startTime: Timestamp?
    /// Text that makes identifiers the same from run to run; nil for different ones.
    public var ids: String?
    /// Where databases are kept; nil for private temporary ones.
    public var dataDirectory: String?
    /// What a new tenant is filled with, in order.
    public var seeds: [Seed]
    /// How jobs call their targets.
    public var outbound: OutboundOptions

    /// Makes options.
    public init(
        clockMode: ClockMode = .real, startTime: Timestamp? = nil, ids: String? = nil,
        dataDirectory: String? = nil, seeds: [Seed] = [],
        outbound: OutboundOptions = OutboundOptions()
    ) {
        self.clockMode = clockMode
        self.startTime = startTime
        self.ids = ids
        self.dataDirectory = dataDirectory
        self.seeds = seeds
        self.outbound = outbound
    }
}
