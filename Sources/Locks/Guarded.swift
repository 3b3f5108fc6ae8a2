// The one lock: state that is only reachable while it is held.
//
// `Synchronization.Mutex` would do, but a thread that has to wait for it waits inside the standard
// library, where the thread sanitizer cannot see it, and every such wait is reported as a race.

public import Glibc

/// State under a lock of the system's; a class because the lock must not move.
public final class Guarded<State: Sendable>: @unchecked Sendable {
    // Guarded by: `mutex`, which `withLock` holds for every access to `state`.
    @usableFromInline var state: State
    @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>

    /// Puts state under a lock of its own.
    public init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs the closure with the state; it must not come back to this lock.
    ///
    /// Inlined into its callers: every request takes a few locks.
    ///
    /// - Throws: what the closure throws.
    @inlinable
    public func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }
}
