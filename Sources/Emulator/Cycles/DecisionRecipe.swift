// What several threads need to decide about the objects of a page.

import Expressions
import Provisioning
import Storage

/// What objects of one mapping are decided with.
struct DecisionRecipe: Sendable {
    let reader: SourceReader
    var surroundings: CycleSurroundings
    /// Where the random values of the cycle begin.
    let seed: UInt64

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
        return ObjectDraft(
            try reader.object(row, prepared.arrival, prepared.assignment), reader.rule,
            surroundings, seed: seed(of: prepared.id),
            preparation: prepared.connection == nil ? preparation : nil)
    }

    /// Each object draws other random values, whichever thread looks at it and when (FNV-1a).
    private func seed(of anchor: String) -> UInt64 {
        anchor.utf8.reduce(seed ^ 0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
