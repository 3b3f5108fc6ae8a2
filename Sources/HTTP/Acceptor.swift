// The thread that takes connections and hands them to the library.
//
// The library could do that itself, but has no safe way to leave off: `MHD_quiesce_daemon` takes
// the listening socket from its workers while they do the same, and aborts when both did.

import Locks
import Glibc
import Synchronization

/// Accepts connections until told to end; a class because it owns a thread.
final class Acceptor: Sendable {
    /// Takes over a connected socket; false if it could not, and has closed it.
    typealias Deliver = @Sendable (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool

    private let listening: Guarded<ListeningSocket?>
    private let openSockets: OpenSockets
    private let deliver: Deliver
    private let isEnding = Atomic<Bool>(false)
    private let thread: Guarded<pthread_t?> = Guarded(nil)

    init(_ listening: ListeningSocket, openSockets: OpenSockets, deliver: @escaping Deliver) {
        self.listening = Guarded(listening)
        self.openSockets = openSockets
        self.deliver = deliver
    }

    /// Starts the thread; the error code if there are no more.
    func start() -> Int32 {
        thread.withLock { thread in
            let context = Unmanaged.passRetained(self)
            var started = pthread_t()
            let code = pthread_create(&started, nil, runAcceptor, context.toOpaque())
            if code == 0 { thread = started } else { context.release() }
            return code
        }
    }

    /// Takes no more connections, waits for the thread and gives up the port.
    func end() {
        isEnding.store(true, ordering: .sequentiallyConsistent)
        listening.withLock { $0?.end() }
        openSockets.wakeWaiting()
        let started = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let started { pthread_join(started, nil) }
        listening.withLock { $0 = nil }
    }

    fileprivate func run() {
        guard let listening = listening.withLock({ $0 }) else { return }
        while true {
            openSockets.waitForRoom()
            if isEnding.load(ordering: .sequentiallyConsistent) { return }
            guard let (socket, address, length) = listening.accept() else {
                openSockets.giveBackRoom()
                // Out of descriptors: another try only helps when something has been closed.
                if errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS {
                    poll(nil, 0, Limits.acceptPauseMilliseconds)
                }
                continue
            }
            openSockets.add(socket)
            let isDelivered = withUnsafePointer(to: address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    deliver(socket, $0, length)
                }
            }
            if !isDelivered { openSockets.remove(socket) }
        }
    }
}

private let runAcceptor: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    context in
    if let context { Unmanaged<Acceptor>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
