// A body that comes into being while it is sent.

import Locks

/// The body of an answer that goes on until its writer or its reader ends it, such as events.
///
/// A class, because writer and connection share it. It holds a bounded number of bytes: a reader that
/// is slower than that is cut off, so that it can't hold anything up.
public final class HTTPStream: Sendable {
    /// What the connection gets when it asks for more.
    enum Piece: Equatable {
        /// So many bytes were copied.
        case bytes(Int)
        /// Nothing yet; the connection was suspended and will be resumed.
        case wait
        /// The body is complete.
        case end
        /// The body ends in the middle.
        case cut
    }

    private struct State: Sendable {
        var buffer: [UInt8] = []
        var position = 0
        var isFinished = false
        var isCut = false
        var resume: (@Sendable () -> Void)?
    }

    private let limitBytes: Int
    private let state = Guarded(State())
    private let onEnd: @Sendable () -> Void

    /// A body without a byte.
    ///
    /// - Parameters:
    ///   - limitBytes: how far the reader may lag behind.
    ///   - onEnd: is called when nothing more is read, whoever ended it; it may be called more than once.
    public init(limitBytes: Int, onEnd: @escaping @Sendable () -> Void = {}) {
        self.limitBytes = limitBytes
        self.onEnd = onEnd
    }

    /// Adds bytes; false when nobody reads them any more.
    ///
    /// It never waits.
    public func write(_ bytes: [UInt8]) -> Bool {
        state.withLock { state in
            guard !state.isFinished, !state.isCut else { return false }
            if state.buffer.count - state.position + bytes.count > limitBytes {
                state.isCut = true
            } else {
                state.buffer += bytes
            }
            HTTPStream.wake(&state)
            return !state.isCut
        }
    }

    /// Ends the body after what was written.
    public func finish() {
        state.withLock { state in
            state.isFinished = true
            HTTPStream.wake(&state)
        }
    }

    /// Whether nothing can be written any more.
    public var hasEnded: Bool { state.withLock { $0.isFinished || $0.isCut } }

    /// Copies what there is; when there is nothing, suspends under the lock, so that the one who writes
    /// next resumes what was suspended before.
    func read(
        into target: UnsafeMutableRawBufferPointer, suspend: () -> Void,
        resume: @escaping @Sendable () -> Void
    ) -> Piece {
        state.withLock { state in
            if state.isCut { return .cut }
            let count = min(target.count, state.buffer.count - state.position)
            guard count > 0 else {
                if state.isFinished { return .end }
                suspend()
                state.resume = resume
                return .wait
            }
            target.copyBytes(from: state.buffer[state.position..<(state.position + count)])
            state.position += count
            if state.position == state.buffer.count {
                state.buffer.removeAll(keepingCapacity: true)
                state.position = 0
            }
            return .bytes(count)
        }
    }

    /// The connection reads no more.
    func didEnd() {
        state.withLock { state in
            state.isFinished = true
            state.resume = nil
            state.buffer = []
            state.position = 0
        }
        onEnd()
    }

    private static func wake(_ state: inout State) {
        guard let resume = state.resume else { return }
        state.resume = nil
        resume()
    }
}
