// What comes next, made by another thread while the cycle is at what comes now.

import Dispatch
import Locks

/// Makes outputs of inputs ahead of their use, a few pieces at a time, in their order.
///
/// A class, because it owns what runs meanwhile. Not `Sendable`: it belongs to the thread of the cycle.
final class Lookahead<Input: Sendable, Output: Sendable, Failure: Error> {
    private enum Piece: Sendable {
        case waiting([Input])
        case begun
        case made([Output])
    }

    private let read: (Int) throws(Failure) -> Input
    private let make: @Sendable (Input) -> Output
    private let count: Int
    private let aside: Aside?
    private var isRead = 0
    private var pieces: [(state: Guarded<Piece>, end: DispatchGroup)] = []
    private var outputs: [Output] = []
    /// How many of the outputs were given away.
    private var given = 0

    /// Plans a number of outputs.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - aside: where they are made ahead; nil to read each input when its output is asked for.
    ///   - read: gives the input of a place, on the caller's thread and in order.
    ///   - make: makes an output of it, on any thread.
    init(
        _ count: Int, _ aside: Aside?, read: @escaping (Int) throws(Failure) -> Input,
        make: @escaping @Sendable (Input) -> Output
    ) {
        self.count = count
        self.aside = aside
        self.read = read
        self.make = make
    }

    /// The next output.
    ///
    /// Waits for no piece that nobody has begun, as all other threads may be waiting for the lock that the
    /// caller holds: it makes those itself.
    func next() throws(Failure) -> Output? {
        if given < outputs.count {
            given += 1
            return outputs[given - 1]
        }
        // Several at once, as it costs something to wake a thread.
        if pieces.count < Limits.piecesAtHand {
            let ahead = aside == nil ? 1 : Limits.piecesAhead
            while isRead < count, pieces.count < ahead { try begin() }
        }
        aside?.letGo(outputs)
        outputs = []
        given = 0
        guard !pieces.isEmpty else { return nil }
        let piece = pieces.removeFirst()
        Lookahead.finish(piece.state, piece.end, make)
        piece.end.wait()
        if case .made(let made) = piece.state.withLock({ $0 }) { outputs = made }
        given = 1
        return outputs.first
    }

    /// Has the first outputs made, before any of them is asked for.
    ///
    /// - Parameter pieces: how many pieces of them.
    /// - Throws: what `read` throws.
    func start(_ pieces: Int) throws(Failure) {
        while self.pieces.count < pieces, isRead < count { try begin() }
    }

    private func begin() throws(Failure) {
        let end = min(count, isRead + (aside == nil ? 1 : Limits.objectsInPiece))
        var inputs: [Input] = []
        inputs.reserveCapacity(end - isRead)
        while isRead < end {
            inputs.append(try read(isRead))
            isRead += 1
        }
        let piece = (state: Guarded(Piece.waiting(inputs)), end: DispatchGroup())
        pieces.append(piece)
        aside?.run { [make] in
            Lookahead.finish(piece.state, piece.end, make)
        }
    }

    /// Makes a piece, unless somebody has begun.
    private static func finish(
        _ state: Guarded<Piece>, _ end: DispatchGroup, _ make: @Sendable (Input) -> Output
    ) {
        let inputs: [Input]? = state.withLock { piece in
            guard case .waiting(let inputs) = piece else { return nil }
            piece = .begun
            end.enter()
            return inputs
        }
        guard let inputs else { return }
        let made = inputs.map(make)
        state.withLock { $0 = .made(made) }
        end.leave()
    }
}
