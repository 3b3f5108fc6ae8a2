// Every bound of this target, named.

/// What the world refuses to do at once.
enum Limits {
    /// Cycles that one move of the clock may run: four months of the demo's jobs.
    static let cyclesInOneAdvance: Int64 = 100_000
    /// Real seconds between tries while the store fails.
    static let secondsAfterFailure: Int64 = 10
    /// Files that the process needs for all but its tenants: connections, lingering ones, the rest.
    static let otherFiles = 400
    /// Tenants that one process serves; each holds a database open.
    static let openTenants = 1_000
}
