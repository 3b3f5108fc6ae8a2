// A transaction that a batch of calls to the built-in target shares.

/// Holds a transaction while calls to the built-in target, and their caller, write through it.
///
/// A class, because both change the same transaction, in turns. Not `Sendable`: it lives no longer than
/// the `Tenant.write` that lends the transaction.
public final class LocalSession {
    /// The transaction; only ever changed through here while the session lasts.
    public var transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }
}
