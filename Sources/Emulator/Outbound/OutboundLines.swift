// Several connections to one target, over which a cycle calls it at the same time.

import Dispatch
import Expressions
import Locks
import Model
import Provisioning
import VirtualTime

/// A connection to a target, and the queue that alone uses it.
///
/// `@unchecked Sendable`: it owns a C handle through its target; only its own serial queue touches that.
private final class OutboundLine: @unchecked Sendable {
    let target: SCIMDirectory
    let queue = DispatchQueue(label: "entrasync.outbound")

    init(target: SCIMDirectory) { self.target = target }
}

/// As many connections to a target as it may be called over at the same time.
///
/// A class, because a cycle keeps its connections from page to page.
final class OutboundLines {
    /// What objects of one mapping are decided with.
    struct Recipe: Sendable {
        let rule: ObjectRule
        let surroundings: CycleSurroundings
        let seed: UInt64

        /// Makes ready to decide; each line draws other random values.
        func objectCycle(_ target: any TargetDirectory, line: Int) -> ObjectCycle {
            ObjectCycle(
                rule: rule, target: target, surroundings: surroundings,
                random: SeededRandomSource(seed: seed &+ UInt64(line) &* 0x9E37_79B9_7F4A_7C15))
        }
    }

    typealias Decision = Result<ObjectOutcome?, TargetFailure>

    /// How far a page is.
    private struct Progress: Sendable {
        var results: [Decision?]
        var next = 0
        var isOver = false

        init(count: Int) { results = Array(repeating: nil, count: count) }

        /// The place of the next object; nil when there is none, or when the run is over.
        mutating func take() -> Int? {
            guard !isOver, next < results.count else { return nil }
            next += 1
            return next - 1
        }

        mutating func put(_ result: Decision, at place: Int) {
            results[place] = result
            if case .failure = result { isOver = true }
        }
    }

    private let lines: [OutboundLine]

    /// Connects a target so many times; nothing is sent yet.
    init(
        count: Int, _ make: () throws(TargetFailure) -> SCIMDirectory
    ) throws(TargetFailure) {
        var lines: [OutboundLine] = []
        for _ in 0..<count { lines.append(OutboundLine(target: try make())) }
        self.lines = lines
    }

    /// Has the objects of a page decided about, several at the same time, and waits for all of them.
    ///
    /// - Returns: what came out, in the page's order; nil for what was not begun because the run is over.
    func decide(_ page: [RunningCycle.Prepared], _ recipe: Recipe) -> [Decision?] {
        let progress = Guarded(Progress(count: page.count))
        let group = DispatchGroup()
        for (number, line) in lines.prefix(page.count).enumerated() {
            line.queue.async(group: group) {
                var object = recipe.objectCycle(line.target, line: number)
                while let place = progress.withLock({ $0.take() }) {
                    let result = RunningCycle.decide(page[place], &object)
                    progress.withLock { $0.put(result, at: place) }
                }
            }
        }
        group.wait()
        return progress.withLock { $0.results }
    }
}

extension Tenant {
    /// The connections over which a cycle calls its target at the same time; nil where calls keep their
    /// order, or need no connection.
    ///
    /// - Throws: `TargetFailure` when the target's secrets went away meanwhile.
    func lines(
        of cycle: Cycle, _ plan: CyclePlan, to target: any TargetDirectory
    ) throws(TargetFailure) -> OutboundLines? {
        guard outbound.concurrency > 1, let directory = target as? SCIMDirectory,
            !directory.canBatch
        else { return nil }
        return try OutboundLines(count: outbound.concurrency) { () throws(TargetFailure) in
            try makeTarget(
                for: cycle.servicePrincipal, job: cycle.job.id, schema: plan.schema)
        }
    }
}
