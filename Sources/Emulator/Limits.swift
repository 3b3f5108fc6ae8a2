// Every bound of this target, named.

/// What the world refuses to do at once.
enum Limits {
    /// Cycles that one move of the clock may run: a year of twenty jobs.
    static let cyclesInOneAdvance: Int64 = 500_000
    /// Tenants that one process serves; each holds a database open.
    static let openTenants = 1_000
}
