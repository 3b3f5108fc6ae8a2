// Sockets that are closed for us while their clients still send.
//
// A socket closed with unread bytes is reset, and the reset can overtake the answer: the client
// sees a broken pipe instead of its 413 or 431. So a second descriptor keeps the socket alive, and
// what still comes is read and thrown away until the client has finished (RFC 9112, section 9.6).

import Dispatch
import Glibc
import Synchronization

/// Reads refused connections to their end, within limits.
///
/// Each has a thread while it lasts, so a slow one delays no other, nor anybody's queue.
final class Lingering: Sendable {
    private let sockets = Atomic<Int>(0)

    /// Whether bytes wait on the socket that nobody will read.
    static func hasUnreadBytes(_ socket: Int32) -> Bool {
        var byte: UInt8 = 0
        return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) > 0
    }

    /// Keeps a socket alive beyond the caller's closing of it, and reads it to its end.
    func adopt(_ socket: Int32) {
        let isWithinLimit =
            sockets.add(1, ordering: .relaxed).newValue <= Limits.lingeringConnections
        let descriptor = isWithinLimit ? fcntl(socket, F_DUPFD_CLOEXEC, 0) : -1
        guard descriptor >= 0 else {
            sockets.subtract(1, ordering: .relaxed)
            return
        }
        let job = Unmanaged.passRetained(LingeringJob(descriptor: descriptor, owner: self))
        var thread = pthread_t()
        guard pthread_create(&thread, nil, runLingeringJob, job.toOpaque()) == 0 else {
            job.takeRetainedValue().end()
            return
        }
        pthread_detach(thread)
    }

    fileprivate func release() {
        sockets.subtract(1, ordering: .relaxed)
    }
}

/// One socket to read; a class so that it can be handed to a thread.
private final class LingeringJob {
    private let descriptor: Int32
    private let owner: Lingering

    init(descriptor: Int32, owner: Lingering) {
        self.descriptor = descriptor
        self.owner = owner
    }

    func run() {
        drain(descriptor)
        end()
    }

    func end() {
        close(descriptor)
        owner.release()
    }
}

private let runLingeringJob: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    { job in
        if let job { Unmanaged<LingeringJob>.fromOpaque(job).takeRetainedValue().run() }
        return nil
    }

/// Reads and throws away until the client closes, or sends too much, or takes too long.
private func drain(_ descriptor: Int32) {
    let end = DispatchTime.now() + .seconds(Limits.lingeringSeconds)
    var leftBytes = Limits.lingeringBytes
    withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
        while leftBytes > 0, let timeout = milliseconds(until: end) {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count =
                poll(&waiting, 1, timeout) > 0
                ? recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT)) : -1
            if count == 0 { return }
            if count < 0 && errno != EAGAIN && errno != EINTR { return }
            leftBytes -= max(count, 0)
        }
    }
}

/// What is left of a time, nil when it is over.
private func milliseconds(until end: DispatchTime) -> Int32? {
    let now = DispatchTime.now()
    guard now < end else { return nil }
    return Int32((end.uptimeNanoseconds - now.uptimeNanoseconds) / 1_000_000) + 1
}
