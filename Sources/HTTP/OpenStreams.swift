// The streams that are being sent, so that a stop can end them.

import Locks

/// The streaming answers of a listener.
final class OpenStreams: Sendable {
    private struct State: Sendable {
        var isClosed = false
        var streams: [ObjectIdentifier: HTTPStream] = [:]
    }

    private let state = Guarded(State())

    /// Takes a stream in; one that comes after `close` ends at once.
    func add(_ stream: HTTPStream) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.streams[ObjectIdentifier(stream)] = stream }
            return state.isClosed
        }
        if isClosed { stream.finish() }
    }

    /// Forgets a stream whose connection reads no more.
    func remove(_ stream: HTTPStream) {
        state.withLock { $0.streams[ObjectIdentifier(stream)] = nil }
        stream.didEnd()
    }

    /// Ends all streams, and those that are still to come.
    func close() {
        let open = state.withLock { state in
            state.isClosed = true
            return Array(state.streams.values)
        }
        for stream in open { stream.finish() }
    }
}
