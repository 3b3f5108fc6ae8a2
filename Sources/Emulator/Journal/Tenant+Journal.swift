// The journal of a tenant: what was asked of it, and what its jobs asked.

extension Tenant {
    /// Keeps an exchange in the journal; old ones make room.
    public func record(_ entry: JournalEntry) {}
}
