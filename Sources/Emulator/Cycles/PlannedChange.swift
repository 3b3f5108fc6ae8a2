// A dry run: what a cycle would do, object by object.

import Model
import Provisioning
import Storage

/// What a cycle would do to one object.
struct PlannedChange {
    let record: ProvisioningRecord
    let rule: ObjectRule

    /// Shape: `{"action","status","source","target","modifiedProperties","reason"}`.
    var json: JSONValue {
        var members = JSONObject([
            ("action", .string(record.action.rawValue)),
            ("status", .string(record.status.rawValue)),
            (
                "source",
                [
                    "type": .string(record.sourceType), "id": .string(record.sourceAnchor),
                    "displayName": .string(record.displayName),
                ]
            ),
            (
                "target",
                [
                    "type": .string(record.targetType),
                    "id": record.targetAnchor.isEmpty ? .null : .string(record.targetAnchor),
                ]
            ),
            (
                "modifiedProperties",
                .array(
                    record.modifiedProperties.map {
                        [
                            "displayName": .string($0.displayName),
                            "oldValue": .optional($0.oldValue),
                            "newValue": .optional($0.newValue),
                        ]
                    })
            ),
        ])
        if let reason = record.skipReason { members["skipReason"] = .string(reason) }
        if let error = record.error {
            members["error"] = [
                "code": .string(error.code), "reason": .string(error.reason),
            ]
        }
        return .object(members)
    }
}

extension RunningCycle {
    /// Takes down what a dry run would do to an object.
    func note(_ outcome: ObjectOutcome, _ prepared: Prepared, _ index: Int) {
        count(outcome)
        if outcome.isHeld, let row = prepared.connection {
            held.append(
                HeldDeletion(
                    rule: index, objectType: row.objectType, sourceAnchor: row.sourceAnchor))
            return
        }
        if let record = outcome.record { note(record, plan.rules[index]) }
    }

    /// Takes down a record; changes of the same object's references join it.
    func note(_ record: ProvisioningRecord, _ rule: ObjectRule) {
        let known = planned?.lastIndex {
            $0.record.sourceAnchor == record.sourceAnchor
                && [.create, .update].contains($0.record.action)
        }
        guard let known, let earlier = planned?[known].record else {
            planned?.append(PlannedChange(record: record, rule: rule))
            return
        }
        var joined = earlier
        joined.modifiedProperties += record.modifiedProperties
        planned?[known] = PlannedChange(record: joined, rule: rule)
    }
}

/// A target of which nothing but questions is asked.
struct PlanTarget: TargetDirectory {
    let target: any TargetDirectory

    func probe() throws(TargetFailure) { try target.probe() }

    func find(
        _ type: TargetType, where attribute: TargetAttribute, is value: String
    ) throws(TargetFailure) -> [TargetObject] {
        try target.find(type, where: attribute, is: value)
    }

    func load(_ type: TargetType, id: String) throws(TargetFailure) -> TargetObject? {
        try target.load(type, id: id)
    }

    func create(
        _ type: TargetType, _ values: [TargetChange]
    ) throws(TargetFailure) -> TargetObject { TargetObject(id: "") }

    func update(
        _ type: TargetType, id: String, _ changes: [TargetChange]
    ) throws(TargetFailure) {}

    func delete(_ type: TargetType, id: String) throws(TargetFailure) {}

    func refers(
        _ type: TargetType, id: String, _ attribute: TargetAttribute, to other: String
    ) throws(TargetFailure) -> Bool {
        // What a dry run would make is not there to be asked about.
        guard !other.hasPrefix("planned:") else { return false }
        return try target.refers(type, id: id, attribute, to: other)
    }

    func takenValues(
        _ type: TargetType, _ attribute: TargetAttribute
    ) -> (@Sendable (String) -> Bool)? {
        target.takenValues(type, attribute)
    }
}
