// Objects that no longer belong into the target: disabled, deleted, or left alone.

import Expressions
import Model

extension ObjectCycle {
    /// Processes an object that the source has no more.
    ///
    /// - Parameter connection: its link to the target.
    /// - Returns: what to remember, log and count.
    /// - Throws: `TargetFailure` of a kind that ends the whole run.
    public mutating func processDeletion(
        of connection: ObjectConnection
    ) throws(TargetFailure) -> ObjectOutcome {
        source = SourceObject(connection)
        outcome = ObjectOutcome()
        record = ProvisioningRecord(connection)
        do throws(Stop) {
            record.add(.receivedDeletion)
            guard connection.isManaged else {
                // No longer managed: the target's object is left alone, and forgotten.
                outcome.connection = .remove
                return outcome
            }
            try delete(connection)
        } catch {
            switch error {
            case .abort(let failure): throw failure
            case .ignored: return outcome
            case .held:
                outcome.isHeld = true
                return outcome
            case .skipped(let reason): skip(reason)
            case .failed(let failure, let attempt): fail(failure, attempt)
            }
        }
        outcome.record = record
        return outcome
    }

    /// The record of an object that the deletion threshold keeps from being touched.
    public mutating func stage(_ connection: ObjectConnection) -> ObjectOutcome {
        outcome = ObjectOutcome()
        outcome.isHeld = true
        record = ProvisioningRecord(connection)
        record.action = .stagedDelete
        record.status = .skipped
        record.add(.staged)
        outcome.record = record
        return outcome
    }

    /// Takes an object out of use that is linked, but no longer entitled.
    mutating func withdraw(
        _ connection: ObjectConnection, _ entitlement: Entitlement, _ draft: ObjectDraft
    ) throws(Stop) {
        record.targetAnchor = connection.targetAnchor
        let isLostToScope = source.isActive
        if surroundings.skipsOutOfScopeDeletions, isLostToScope {
            record.add(.scoped, .entitlement(entitlement))
            throw .skipped(.notEffectivelyEntitled(keepsTarget: true))
        }
        guard connection.isManaged || !isLostToScope else {
            record.add(.scoped, .entitlement(entitlement))
            throw .skipped(.redundantExport)
        }
        guard rule.supportsSoftDeletion else {
            record.add(.scoped, .entitlement(entitlement))
            // Unverified: a group that loses its scope is deleted, as it can't be disabled.
            return try delete(connection)
        }
        try disable(connection, entitlement, draft, isLostToScope: isLostToScope)
    }

    private mutating func disable(
        _ connection: ObjectConnection, _ entitlement: Entitlement, _ draft: ObjectDraft,
        isLostToScope: Bool
    ) throws(Stop) {
        guard rule.attributes.contains(where: \.readsSoftDeletion) else {
            record.add(.scoped, .entitlement(entitlement))
            guard rule.isInbound else {
                throw .skipped(.notEffectivelyEntitled(keepsTarget: false))
            }
            // Unverified: what leaves the scope of an inbound job is soft-deleted.
            return try delete(connection)
        }
        let found = try ask { () throws(TargetFailure) in
            try target.load(rule.target, id: connection.targetAnchor)
        }
        guard let object = found else {
            // Nothing is left to disable.
            outcome.connection = .remove
            record.add(.scoped, .entitlement(entitlement))
            throw .skipped(.redundantExport)
        }
        record.add(.retrievedTarget, .target(object))
        record.add(.scoped, .entitlement(entitlement))
        var context = ObjectDraft.context(
            source, surroundings, seed: draft.seed, isSoftDeleted: true)
        let changes = try plan { () throws(AttributePlan.Obstacle) in
            try AttributePlan(
                updating: rule, from: object, exported: connection.exported, in: &context,
                selects: \.readsSoftDeletion)
        }
        if isLostToScope {
            var released = connection
            released.isManaged = false
            outcome.connection = .save(released)
        }
        guard !changes.entries.isEmpty else { throw .skipped(.redundantExport) }
        guard rule.flow.contains(.update) else {
            throw .skipped(.flowTypes(missing: "Update"))
        }
        // Only what really would be disabled counts towards the threshold.
        guard !surroundings.holdsDeletions else {
            outcome.connection = .keep
            throw .held
        }
        record.action = .disable
        record.entries = changes.entries
        outcome.isExport = true
        do throws(Stop) {
            try ask(.disabling) { () throws(TargetFailure) in
                try target.update(rule.target, id: object.id, changes.changes)
            }
        } catch {
            // What could not be disabled is still managed, and tried again.
            outcome.connection = .keep
            throw error
        }
        record.add(.disabled, .written)
        outcome.isExported = true
    }

    private mutating func delete(_ connection: ObjectConnection) throws(Stop) {
        guard rule.flow.contains(.delete) else {
            throw .skipped(.flowTypes(missing: "Delete"))
        }
        guard !surroundings.holdsDeletions else { throw .held }
        record.action = .delete
        outcome.isExport = true
        try ask(.deletion) { () throws(TargetFailure) in
            try target.delete(rule.target, id: connection.targetAnchor)
        }
        record.add(.deleted)
        outcome.connection = .remove
        outcome.isExported = true
    }
}
