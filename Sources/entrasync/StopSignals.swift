// SIGTERM and SIGINT, kept until they are waited for.

import Glibc

/// The signals that end a server.
///
/// They are blocked, not handled: one that comes while the server starts stays pending, and none is
/// lost. Threads inherit the block, so it has to be made before the first of them.
struct StopSignals {
    private let set: sigset_t

    /// Blocks the signals in this thread and in all that it makes from now on.
    init() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        self.set = set
    }

    /// Waits for one of them.
    func wait() {
        var set = set
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
    }
}
