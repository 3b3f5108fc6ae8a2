// The fault rules of a tenant.

extension Tenant {
    /// The fault that a call meets, counted as met; nil for none.
    public func fault(for call: FaultCall) -> FaultEffect? { nil }

    /// Whether any rule can touch calls of jobs to their targets.
    public var hasOutboundFaults: Bool { false }
}
