// What happens in a tenant, told to whoever listens.

extension Tenant {
    /// Tells all listeners of something that happened; costs nothing when there are none.
    ///
    /// May be called within a command, which must then not fail any more.
    public func publish(_ event: TenantEvent) { events.publish(event) }

    /// Listens to events of these kinds, or to all when none is named.
    ///
    /// - Parameters:
    ///   - kinds: what is listened to.
    ///   - sink: takes an event's number, its kind and its JSON `{"time","data"}`; it must not wait or
    ///     come back to the tenant, and returns false to hear no more.
    /// - Returns: what `unlisten` takes; nil when there are as many listeners as a tenant serves.
    public func listen(
        to kinds: Set<TenantEvent.Kind>,
        _ sink: @escaping @Sendable (Int64, TenantEvent.Kind, String) -> Bool
    ) -> Int64? { events.subscribe(kinds, sink) }

    /// Stops listening.
    public func unlisten(_ listener: Int64) { events.unsubscribe(listener) }
}
