// The listener: starts to listen when made, and stops without losing answers.

import Locks
import Dispatch
import Glibc

/// An HTTP/1.1 server that calls a handler for each request.
///
/// A class because it owns sockets and threads. It listens from the end of `init` until ``stop``.
public final class HTTPListener: Sendable {
    /// The port that is listened on, also if the options left the choice to the system.
    public let port: UInt16

    private let core: ListenerCore
    private let daemon: MicroHTTPD
    private let acceptor: Acceptor
    private let hasStopped = Guarded(false)
    private let stopped = DispatchGroup()

    /// Starts to listen.
    ///
    /// - Throws: `portInUse`, `badAddress` for a host that is no address of this machine, or
    ///   `system` for everything else.
    public init(
        options: HTTPListenerOptions = HTTPListenerOptions(), handler: any HTTPHandler
    ) throws(HTTPListenerError) {
        let listening = try ListeningSocket(host: options.host, port: options.port)
        port = listening.port
        core = ListenerCore(handler: handler, options: options)
        let daemon = try MicroHTTPD(options: options, core: core)
        self.daemon = daemon
        acceptor = Acceptor(listening, openSockets: core.openSockets) { daemon.add($0, $1, $2) }
        stopped.enter()
        let code = acceptor.start()
        guard code == 0 else { throw .system(errno: code, text: String(cString: strerror(code))) }
    }

    /// Requests whose header fields have arrived and whose answer has not been sent in full.
    public var inFlight: Int { core.inFlight.count }

    /// Stops: no new connections, a 503 for suspended requests, time for the others to finish.
    ///
    /// Requests that come in meanwhile on open connections are answered and close them. After the
    /// grace time what is left is cut off, but a handler that is running is waited for. Returns
    /// when all threads have ended, also to those who call it again. Must not be called from a
    /// handler, because it waits for the handler's thread.
    public func stop(graceSeconds: Int) {
        let isFirst = hasStopped.withLock { hasStopped in
            defer { hasStopped = true }
            return !hasStopped
        }
        guard isFirst else {
            stopped.wait()
            return
        }
        core.inFlight.startDraining()
        acceptor.end()
        core.closeDeferrals()
        _ = core.inFlight.waitUntilIdle(graceSeconds: graceSeconds) {
            core.openSockets.endDeparted()
        }
        core.openSockets.stopReading()
        _ = core.openSockets.waitUntilEmpty(seconds: Limits.closingSeconds)
        daemon.stop()
        stopped.leave()
    }

    deinit {
        stop(graceSeconds: 0)
    }
}
