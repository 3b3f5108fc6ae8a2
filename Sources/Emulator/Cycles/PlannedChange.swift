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

/// What a dry run has found so far, in order.
struct PlannedChanges {
    private(set) var changes: [PlannedChange] = []
    /// The source anchors of objects that would be made, and the index of each one's mapping.
    private(set) var made: [(anchor: String, rule: Int)] = []
    private var makes: Set<String> = []
    /// Where the creation or the update of a source object stands.
    private var places: [String: Int] = [:]

    /// Whether an object would be made.
    func creates(_ anchor: String) -> Bool { makes.contains(anchor) }

    /// Takes down a record; changes of the same object's references join it.
    mutating func add(_ record: ProvisioningRecord, _ rule: ObjectRule, _ index: Int) {
        let anchor = record.sourceAnchor
        if record.action == .create, record.status == .success, makes.insert(anchor).inserted {
            made.append((anchor, index))
        }
        guard let place = places[anchor] else {
            if [.create, .update].contains(record.action) { places[anchor] = changes.count }
            changes.append(PlannedChange(record: record, rule: rule))
            return
        }
        var joined = changes[place].record
        joined.join(record)
        changes[place] = PlannedChange(record: joined, rule: rule)
    }

    /// What stands for the identifier that the target would give an object.
    static func target(_ anchor: String) -> String { prefix + anchor }

    static let prefix = "planned:"
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
        if let record = outcome.record { planned?.add(record, plan.rules[index], index) }
    }
}

/// A target of which nothing but questions is asked.
struct PlanTarget: TargetDirectory {
    let target: any TargetDirectory

    func probe() throws(TargetFailure) { try target.probe() }

    func find(
        _ type: TargetType, where attribute: TargetAttribute, is value: String,
        prepared: PreparedRequest?
    ) throws(TargetFailure) -> [TargetObject] {
        try target.find(type, where: attribute, is: value, prepared: prepared)
    }

    func load(_ type: TargetType, id: String) throws(TargetFailure) -> TargetObject? {
        try target.load(type, id: id)
    }

    func create(
        _ type: TargetType, _ values: [TargetChange], prepared: PreparedRequest?
    ) throws(TargetFailure) -> TargetObject { TargetObject(id: "") }

    func update(
        _ type: TargetType, id: String, _ changes: [TargetChange]
    ) throws(TargetFailure) {}

    func delete(_ type: TargetType, id: String) throws(TargetFailure) {}

    func refers(
        _ type: TargetType, id: String, _ attribute: TargetAttribute, to other: String
    ) throws(TargetFailure) -> Bool {
        // What a dry run would make is not there to be asked about.
        guard !other.hasPrefix(PlannedChanges.prefix) else { return false }
        return try target.refers(type, id: id, attribute, to: other)
    }

    func takenValues(
        _ type: TargetType, _ attribute: TargetAttribute
    ) -> (@Sendable (String) -> Bool)? {
        target.takenValues(type, attribute)
    }
}
