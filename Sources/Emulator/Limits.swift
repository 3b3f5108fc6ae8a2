// Every bound of this target, named.

/// What the world refuses to do at once.
enum Limits {
    /// Cycles that one move of the clock may run: four months of the demo's jobs.
    static let cyclesInOneAdvance: Int64 = 100_000
    /// Tenants that one process serves; each holds a database open.
    static let openTenants = 1_000
}
