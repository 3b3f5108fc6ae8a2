// The sockets of all connections: how many there may be, and how they are told to end.
//
// The library must not be stopped while a connection could still bring it a request: an answer of
// its own to a malformed one, such as a 400, crashes it when it is stopping at that moment. So the
// connections are made to run dry first.

import Locks
import Dispatch
import Glibc

/// The open sockets of a listener.
final class OpenSockets: Sendable {
    private struct State: Sendable {
        var sockets: Set<Int32> = []
        var isClosing = false
    }

    private let state = Guarded(State())
    private let limit: Int
    private let room = DispatchSemaphore(value: 0)
    private let empty = DispatchSemaphore(value: 0)

    init(limit: Int) {
        self.limit = limit
        // Counted up, because a semaphore must not end below the value it was made with.
        for _ in 0..<limit { room.signal() }
    }

    /// Waits until another socket may be open, and takes that place.
    ///
    /// While there is none, places of clients that have gone in the middle of a request are taken back.
    func waitForRoom() {
        let step = DispatchTimeInterval.milliseconds(Limits.nudgeMilliseconds)
        while room.wait(timeout: .now() + step) == .timedOut { endDepartedIfFull() }
    }

    private func endDepartedIfFull() {
        if state.withLock({ $0.sockets.count >= limit }) { endDeparted() }
    }

    /// Gives back a place for which there was no socket.
    func giveBackRoom() {
        room.signal()
    }

    /// Lets a waiting thread go, to see that there is nothing to wait for any more.
    func wakeWaiting() {
        room.signal()
    }

    func add(_ socket: Int32) {
        state.withLock { state in
            state.sockets.insert(socket)
            if state.isClosing { shutdown(socket, Int32(SHUT_RD)) }
        }
    }

    /// Forgets a socket; it has to be called before the socket is closed.
    func remove(_ socket: Int32) {
        state.withLock { state in
            state.sockets.remove(socket)
            if state.isClosing && state.sockets.isEmpty { empty.signal() }
        }
        room.signal()
    }

    /// Wakes the connections whose clients have gone in the middle of a request.
    ///
    /// The library waits for the rest of a body without noticing an end that came together with the
    /// bytes before it, because it is told of each change once; this makes another change.
    func endDeparted() {
        state.withLock { state in
            for socket in state.sockets {
                var byte: UInt8 = 0
                if recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0 {
                    shutdown(socket, Int32(SHUT_RD))
                }
            }
        }
    }

    /// Ends what comes in: an idle connection closes at once, any other after its answer.
    func stopReading() {
        state.withLock { state in
            state.isClosing = true
            for socket in state.sockets { shutdown(socket, Int32(SHUT_RD)) }
            if state.sockets.isEmpty { empty.signal() }
        }
    }

    /// Waits, after `stopReading`, until all are closed; false if that took too long.
    func waitUntilEmpty(seconds: Int) -> Bool {
        empty.wait(timeout: .now() + .seconds(seconds)) == .success
    }
}
