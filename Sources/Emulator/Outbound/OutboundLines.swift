// Connections to one target, over which a cycle calls it while it keeps what came out before.

import Dispatch
import Locks
import Model
import Provisioning

/// A connection to a target, and the queue that alone uses it.
///
/// `@unchecked Sendable`: it owns a C handle through its target; only its own serial queue touches that,
/// and where the target is the run's own, the run does not while the queue works.
private final class OutboundLine: @unchecked Sendable {
    let target: SCIMDirectory
    let queue = DispatchQueue(label: "entrasync.outbound")

    init(target: SCIMDirectory) { self.target = target }
}

/// What the calls of one piece of work came to.
enum LineStep<Value: Sendable>: Sendable {
    /// The run goes on.
    case done(Value)
    /// The run ends with this failure, once what was done is kept.
    case last(Value?, TargetFailure)
}

/// As many connections to a target as it may be called over at the same time; over one, calls keep
/// their order.
///
/// A class, because a cycle keeps its connections from page to page.
final class OutboundLines {
    /// Waits until all that was done before is kept.
    typealias Settling = @Sendable () -> Void

    /// Something that was done, and its place among the pieces of work; nil for what ended the run
    /// without a result.
    typealias Kept<Value> = (place: Int, value: Value?)

    /// How far the work is.
    private struct Progress<Value: Sendable>: Sendable {
        private var steps: [LineStep<Value>?]
        private var next = 0
        /// All before it are done.
        private var end = 0
        /// All before it were given to be kept.
        private var taken = 0
        private var isOver = false
        private var working: Int
        private var isSettling = false

        init(count: Int, lines: Int) {
            steps = Array(repeating: nil, count: count)
            working = lines
        }

        /// The place of the next piece of work; nil when there is none, or when the run is over.
        mutating func begin() -> Int? {
            guard !isOver, next < steps.count else { return nil }
            next += 1
            return next - 1
        }

        /// Takes in a result; true when there are enough to be kept.
        mutating func put(_ step: LineStep<Value>, at place: Int) -> Bool {
            let before = end
            steps[place] = step
            if case .last = step { isOver = true }
            while end < steps.count, steps[end] != nil { end += 1 }
            return before - taken < Limits.objectsKeptAtOnce
                && end - taken >= Limits.objectsKeptAtOnce
        }

        /// Counts a line out; true for the last one.
        mutating func leave() -> Bool {
            working -= 1
            return working == 0
        }

        mutating func settle() { isSettling = true }
        mutating func stop() { isOver = true }

        /// Hands out what is to be kept next.
        mutating func take() -> (steps: Range<Int>, isSettling: Bool, isDone: Bool) {
            defer {
                taken = end
                isSettling = false
            }
            return (taken..<end, isSettling, working == 0)
        }

        /// Gives a result away; it is not held any longer.
        mutating func remove(_ place: Int) -> LineStep<Value>? {
            defer { steps[place] = nil }
            return steps[place]
        }
    }

    private let lines: [OutboundLine]

    /// Calls a target over the connection that it has, and over so many in all; nothing is sent yet.
    init(_ target: SCIMDirectory, count: Int) {
        lines = (0..<count).map { number in
            OutboundLine(target: number == 0 ? target : target.reconnected())
        }
    }

    /// Carries out pieces of work over all connections, and keeps results meanwhile, in order and a few
    /// at a time, on the caller's thread.
    ///
    /// What is done and not kept yet is lost with the process: mostly a few pieces, never more than are
    /// given at once. The next cycle finds by matching what this one made.
    ///
    /// - Parameters:
    ///   - count: how many pieces there are.
    ///   - begin: makes ready to work over a connection; what it returns is called with a place. The
    ///     settling waits only where calls keep their order.
    ///   - keep: is given results in the order of their places.
    /// - Throws: the first failure that ended the run, after all results are kept; what `keep` throws,
    ///   after which nothing is.
    func run<Value: Sendable>(
        _ count: Int,
        begin:
            @escaping @Sendable (
                _ target: SCIMDirectory, _ settle: @escaping Settling
            ) -> (Int) -> LineStep<Value>,
        keep: ([Kept<Value>]) throws -> Void
    ) throws {
        let used = lines.prefix(count)
        guard !used.isEmpty else { return }
        let progress = Guarded(Progress<Value>(count: count, lines: used.count))
        let ready = DispatchSemaphore(value: 0)
        let settled = DispatchSemaphore(value: 0)
        let keepsOrder = lines.count == 1
        let settle: Settling = {
            guard keepsOrder else { return }
            progress.withLock { $0.settle() }
            ready.signal()
            settled.wait()
        }
        for line in used {
            line.queue.async {
                let work = begin(line.target, settle)
                while let place = progress.withLock({ $0.begin() }) {
                    let step = work(place)
                    if progress.withLock({ $0.put(step, at: place) }) { ready.signal() }
                }
                if progress.withLock({ $0.leave() }) { ready.signal() }
            }
        }
        var failure: (any Error)?
        var isDone = false
        var isBroken = false
        while !isDone {
            ready.wait()
            let now = progress.withLock { $0.take() }
            isDone = now.isDone
            if !isBroken, !now.steps.isEmpty {
                var results: [Kept<Value>] = []
                for place in now.steps {
                    switch progress.withLock({ $0.remove(place) }) {
                    case .done(let value): results.append((place, value))
                    case .last(let value, let reason):
                        results.append((place, value))
                        failure = failure ?? reason
                    case nil: break
                    }
                }
                do { try keep(results) } catch {
                    failure = error
                    isBroken = true
                    progress.withLock { $0.stop() }
                }
            }
            if now.isSettling { settled.signal() }
        }
        if let failure { throw failure }
    }
}

extension Tenant {
    /// The connections over which a cycle calls its target while it keeps what came out before; nil
    /// where each step waits for the one before, as with a target in the tenant's own database.
    func lines(to target: any TargetDirectory) -> OutboundLines? {
        guard let directory = target as? SCIMDirectory, !directory.canBatch,
            outbound.concurrency > 1 || !directory.isLocal
        else { return nil }
        return OutboundLines(directory, count: max(1, outbound.concurrency))
    }
}
