// What several threads need to decide about the objects of a page.

import Expressions
import Model
import Provisioning
import Storage
import VirtualTime

/// What objects of one mapping are decided with.
struct DecisionRecipe: Sendable {
    let reader: SourceReader
    var surroundings: CycleSurroundings
    /// The run; each has other random values.
    let cycle: GUID

    /// Makes ready to decide.
    func objectCycle(_ target: any TargetDirectory) -> ObjectCycle {
        ObjectCycle(rule: reader.rule, target: target, surroundings: surroundings)
    }

    /// What is known about an object before its target is asked.
    ///
    /// - Parameters:
    ///   - prepared: the object.
    ///   - preparation: makes the requests of a new object ready; nil to leave that to the sending.
    /// - Returns: the draft; nil of an object that is gone.
    /// - Throws: `StorageError.unreadableRow`.
    func draft(
        _ prepared: RunningCycle.Prepared, _ preparation: TargetPreparation? = nil
    ) throws(StorageError) -> ObjectDraft? {
        guard let row = prepared.row else { return nil }
        // Each object draws values of its own, whichever thread looks at it and when.
        return ObjectDraft(
            try reader.object(row, prepared.arrival, prepared.assignment), reader.rule,
            surroundings, seed: IDGenerator.seed(from: prepared.id, tenant: cycle),
            preparation: prepared.connection == nil ? preparation : nil)
    }
}
