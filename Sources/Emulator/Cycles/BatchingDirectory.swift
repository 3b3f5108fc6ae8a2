// Targets that lie in the tenant's own database, so that a page of objects takes one transaction.

import Provisioning

/// A directory that can be written to while the tenant's lock is held.
protocol BatchingDirectory: TargetDirectory {
    /// Whether it can at the moment.
    var canBatch: Bool { get }

    /// Runs work whose calls all share a transaction; only where `canBatch` holds.
    ///
    /// The caller writes through the session too, and not through the transaction that it lent.
    ///
    /// - Throws: what the work throws.
    func batch<Value>(
        in transaction: inout Transaction, _ work: (LocalSession) throws -> Value
    ) rethrows -> Value
}

extension SCIMDirectory: BatchingDirectory {}
