// A lock around state, made of the system's mutex.
//
// `Synchronization.Mutex` would do, but a thread that has to wait for it waits inside the standard
// library, where the thread sanitizer cannot see it, and every such wait is reported as a race.

import Glibc

/// State that is only reachable under a lock; a class because the mutex must not move.
final class Guarded<State: Sendable>: @unchecked Sendable {
    // Guarded by: `mutex`, which `withLock` holds for every access to `state`.
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init(_ state: State) {
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
    func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }
}
