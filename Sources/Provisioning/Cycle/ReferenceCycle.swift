// References of an object, once the objects that they point to exist.

import Expressions
import Model

/// Brings one reference attribute of a linked object up to date, a batch of values at a time.
///
/// Follows "How application provisioning works": references come after their objects, and one that
/// can't be resolved does not keep its object from being provisioned.
public struct ReferenceCycle {
    /// One object that is referred to: what the source calls it, and the target.
    public struct Reference: Sendable, Equatable {
        /// Its identifier in the source.
        public let source: String
        /// Its identifier in the target; nil when it is not provisioned.
        public let target: String?

        /// Makes a reference.
        public init(source: String, target: String?) {
            self.source = source
            self.target = target
        }
    }

    /// What became of a batch.
    public struct Outcome: Sendable {
        /// References that the target holds now.
        public var added: [Reference] = []
        /// References that it holds no more.
        public var removed: [Reference] = []
        /// References to objects that are not provisioned.
        public var unresolved: [Reference] = []
        /// The log's record; nil where nothing was to be done.
        public var record: ProvisioningRecord?
        /// Why the object has to be tried again.
        public var failure: TargetFailure?
        /// Whether the target was asked to write.
        public var isExport = false
        /// Whether it wrote.
        public var isExported = false
    }

    let rule: ObjectRule
    let target: any TargetDirectory
    /// How many unresolved references one record names; the others are counted.
    private static let namedReferences = 20

    /// Makes ready for the references of one mapping.
    public init(rule: ObjectRule, target: any TargetDirectory) {
        self.rule = rule
        self.target = target
    }

    /// Adds and removes references.
    ///
    /// - Throws: `TargetFailure` of a kind that ends the whole run.
    public func process(
        _ attribute: AttributeRule, of connection: ObjectConnection, added: [Reference],
        removed: [Reference], checks: Bool
    ) throws(TargetFailure) -> Outcome {
        var outcome = Outcome()
        var record = ProvisioningRecord(connection)
        record.action = .update
        outcome.unresolved = added.filter { $0.target == nil }
        addUnresolved(outcome.unresolved, attribute, &record)
        do throws(TargetFailure) {
            var missing: [Reference] = []
            for reference in added {
                guard let id = reference.target else { continue }
                var isHeld = false
                if checks {
                    isHeld = try target.refers(
                        rule.target, id: connection.targetAnchor, attribute.target, to: id)
                }
                if isHeld { outcome.added.append(reference) } else { missing.append(reference) }
            }
            let changes = changes(attribute, missing, removed)
            if !changes.isEmpty {
                outcome.isExport = true
                record.others = modified(attribute, missing, removed)
                try target.update(rule.target, id: connection.targetAnchor, changes)
                outcome.isExported = true
                record.add(.updated, .written)
            }
            outcome.added += missing
            outcome.removed = removed
        } catch {
            guard error.kind != .credentials, error.kind != .contract else { throw error }
            outcome.failure = error
            record.status = .failure
            record.error = .init(code: error.code, reason: error.message)
            record.add(.failed(.update, code: error.code))
        }
        // Where nothing was to be said, there is no record either.
        guard !record.steps.isEmpty else { return outcome }
        record.steps.insert(.init(event: .receivedReferences, facts: .event), at: 0)
        outcome.record = record
        return outcome
    }

    private func changes(
        _ attribute: AttributeRule, _ added: [Reference], _ removed: [Reference]
    ) -> [TargetChange] {
        let new = added.compactMap(\.target)
        let old = removed.compactMap(\.target)
        guard attribute.target.isMultivalued else {
            if let value = new.first {
                return [
                    TargetChange(attribute.target, old.isEmpty ? .add : .replace, .text(value))
                ]
            }
            return old.isEmpty ? [] : [TargetChange(attribute.target, .remove, .null)]
        }
        var changes: [TargetChange] = []
        if !new.isEmpty { changes.append(TargetChange(attribute.target, .add, .texts(new))) }
        if !old.isEmpty, attribute.flowType != .multiValueAddOnly {
            changes.append(TargetChange(attribute.target, .remove, .texts(old)))
        }
        return changes
    }

    private func modified(
        _ attribute: AttributeRule, _ added: [Reference], _ removed: [Reference]
    ) -> [LoggedRecord.ModifiedProperty] {
        let new = added.map { reference in
            LoggedRecord.ModifiedProperty(
                displayName: attribute.name, oldValue: nil, newValue: reference.source)
        }
        guard attribute.target.isMultivalued || added.isEmpty else {
            return [
                .init(
                    displayName: attribute.name, oldValue: removed.first?.source,
                    newValue: added.first?.source)
            ]
        }
        return new
            + removed.map {
                .init(displayName: attribute.name, oldValue: $0.source, newValue: nil)
            }
    }

    private func addUnresolved(
        _ references: [Reference], _ attribute: AttributeRule, _ record: inout ProvisioningRecord
    ) {
        for reference in references.prefix(ReferenceCycle.namedReferences) {
            record.add(.unresolved(reference: reference.source, attribute: attribute.name))
        }
        let rest = references.count - ReferenceCycle.namedReferences
        if rest > 0 { record.add(.moreUnresolved(rest, attribute: attribute.name)) }
        if !references.isEmpty { record.status = .warning }
    }
}
