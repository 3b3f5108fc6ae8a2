// Objects and references over connections of their own: called there, kept here.

import Model
import Provisioning
import Storage

extension RunningCycle {
    /// An object's references that differ, by attribute.
    private struct ReferenceWork: Sendable {
        let referrer: Referrer
        var parts: [(attribute: AttributeRule, batch: Batch)] = []

        /// Has the target take the differences; a refusal ends an attribute only.
        func run(
            _ cycle: ReferenceCycle, _ answers: TargetAnswers
        ) -> LineStep<ReferenceResults> {
            var results = ReferenceResults()
            var hasFailed = false
            for (attribute, batch) in parts {
                guard !batch.added.isEmpty || !batch.removed.isEmpty else {
                    results.isAnyDone = true
                    continue
                }
                let row = referrer.row
                do throws(TargetFailure) {
                    let outcome = try cycle.process(
                        attribute, of: ObjectConnection(row), added: batch.added,
                        removed: batch.removed, checks: !row.knowsReferences)
                    results.outcomes.append((attribute, outcome))
                    try answers.check(outcome.failure)
                    if outcome.failure == nil { results.isAnyDone = true }
                    hasFailed = hasFailed || outcome.failure != nil
                } catch { return .last(results, error) }
            }
            results.isAllDone = !hasFailed
            return .done(results)
        }
    }

    /// What became of an object's references.
    private struct ReferenceResults: Sendable {
        var outcomes: [(attribute: AttributeRule, outcome: ReferenceCycle.Outcome)] = []
        /// Whether an attribute is up to date.
        var isAnyDone = false
        /// Whether all are.
        var isAllDone = false
    }

    /// Decides about objects over connections of their own, and keeps a few at a time meanwhile.
    func process(
        _ page: [Prepared], _ reader: SourceReader, over lines: OutboundLines, _ index: Int,
        holds: Bool
    ) throws {
        let recipe = stepwiseRecipe(reader, index, holds: holds)
        let answers = answers
        try lines.run(page.count) { target, settle in
            // Whether an object is linked is known once those before it are kept.
            var own = recipe
            own.surroundings.isLinkedElsewhere = { target, source in
                settle()
                return recipe.surroundings.isLinkedElsewhere(target, source)
            }
            var object = own.objectCycle(target)
            return { place -> LineStep<Result<ObjectOutcome?, StorageError>> in
                let draft: ObjectDraft?
                do throws(StorageError) { draft = try own.draft(page[place]) } catch {
                    return .done(.failure(error))
                }
                switch RunningCycle.decide(page[place], draft, &object) {
                case .failure(let failure): return .last(nil, failure)
                case .success(let outcome):
                    guard let failure = answers.ends(after: outcome) else {
                        return .done(.success(outcome))
                    }
                    return .last(.success(outcome), failure)
                }
            }
        } keep: { results in
            events += Int64(results.count)
            try tenant.write { transaction in
                for (place, value) in results {
                    guard let value else { continue }
                    if let outcome = try value.get() {
                        let kept = try settled(outcome, page[place], index, in: transaction)
                        try keep(kept, page[place], index, in: &transaction)
                    } else {
                        try forget(page[place], index, in: transaction)
                    }
                }
            }
        }
    }

    /// The outcome as it stands once those that are kept before it are known: of two objects that found
    /// the same target at the same time only one is linked to it.
    private func settled(
        _ outcome: ObjectOutcome, _ prepared: Prepared, _ index: Int, in transaction: Transaction
    ) throws(StorageError) -> ObjectOutcome {
        guard outcome.isNewlyConnected, !outcome.takesOver,
            case .save(let connection) = outcome.connection,
            try transaction.database.connections.isLinked(
                job: jobID, targetType: connection.targetType,
                targetAnchor: connection.targetAnchor, elsewhereThan: prepared.id)
        else { return outcome }
        return outcome.losing(connection.targetAnchor, of: plan.rules[index])
    }

    /// Brings the references of a page of objects up to date over connections of their own, and keeps a
    /// few at a time meanwhile.
    func runReferences(
        of referrers: [Referrer], _ attributes: [AttributeRule], _ index: Int,
        over lines: OutboundLines
    ) throws {
        var rest = referrers[...]
        while let next = rest.first {
            let work = try tenant.read { database in
                try compare(rest, attributes, index, in: database)
            }
            rest = rest.dropFirst(max(work.count, 1))
            if work.isEmpty {
                // More than is compared at once; this one goes step by step.
                try runReferences(attributes, of: next, index)
            } else {
                try run(work, index, over: lines)
            }
            tenant.giveWay()
        }
    }

    /// The differences of as many objects as may be held at once; none when the first has too many.
    private func compare(
        _ referrers: ArraySlice<Referrer>, _ attributes: [AttributeRule], _ index: Int,
        in database: Database
    ) throws -> [ReferenceWork] {
        var work: [ReferenceWork] = []
        var count = 0
        for referrer in referrers where count < Limits.referencesInBatch {
            var own = ReferenceWork(referrer: referrer)
            for attribute in attributes {
                let batch = try batch(
                    attribute, index, referrer.row, after: ("", ""), in: database)
                guard batch.isLast else { return work }
                count += batch.added.count + batch.removed.count
                own.parts.append((attribute, batch))
            }
            work.append(own)
        }
        return work
    }

    private func run(_ work: [ReferenceWork], _ index: Int, over lines: OutboundLines) throws {
        let rule = plan.rules[index]
        let answers = answers
        try lines.run(work.count) { target, _ in
            let cycle = ReferenceCycle(rule: rule, target: target)
            return { work[$0].run(cycle, answers) }
        } keep: { results in
            try tenant.write { transaction in
                for (place, value) in results {
                    guard let value else { continue }
                    try keep(value, work[place], index, in: &transaction)
                }
            }
        }
    }

    private func keep(
        _ results: ReferenceResults, _ work: ReferenceWork, _ index: Int,
        in transaction: inout Transaction
    ) throws {
        let referrer = work.referrer
        for (attribute, outcome) in results.outcomes {
            try keep(outcome, referrer, attribute, index, in: &transaction)
        }
        if results.isAnyDone, !referrer.row.knowsReferences {
            try keepKnowing(referrer.row, in: transaction)
        }
        if results.isAllDone, referrer.escrow?.isReference == true {
            try endEscrow(of: referrer, in: transaction)
        }
    }
}
