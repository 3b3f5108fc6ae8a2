// One object on its way from source to target: import, scoping, matching, export.

import Expressions
import Model

/// Decides about one object after the other, and has the target do what was decided.
///
/// Sees neither a network nor a store nor a clock: the target is an interface, everything else comes
/// in as values and goes out as an `ObjectOutcome`.
///
/// Follows "How application provisioning works in Microsoft Entra ID".
public struct ObjectCycle {
    let rule: ObjectRule
    let target: any TargetDirectory
    let surroundings: CycleSurroundings
    var source = SourceObject(
        type: "", anchor: "", displayName: "", attributes: [:])
    var outcome = ObjectOutcome()
    var record: ProvisioningRecord

    /// Makes ready to process objects of one mapping.
    public init(
        rule: ObjectRule, target: any TargetDirectory, surroundings: CycleSurroundings
    ) {
        self.rule = rule
        self.target = target
        self.surroundings = surroundings
        record = ProvisioningRecord(source, rule)
    }

    /// Processes an object that the source still has.
    ///
    /// - Parameters:
    ///   - draft: the object, with what its mapping says about it.
    ///   - connection: its link to the target; nil for none.
    /// - Returns: what to remember, log and count.
    /// - Throws: `TargetFailure` of a kind that ends the whole run.
    public mutating func process(
        _ draft: ObjectDraft, _ connection: ObjectConnection?
    ) throws(TargetFailure) -> ObjectOutcome {
        source = draft.source
        outcome = ObjectOutcome()
        record = ProvisioningRecord(source, rule)
        do throws(Stop) {
            try run(draft, connection)
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

    /// Takes down why nothing is written.
    mutating func skip(_ reason: ProvisioningEvent.SkipReason) {
        record.action = .other
        record.status = .skipped
        record.skipReason = reason.name
        record.add(.skipped(reason))
    }

    /// Takes down that the object has to be tried again.
    mutating func fail(_ failure: TargetFailure, _ attempt: ProvisioningEvent.Attempt) {
        outcome.failure = failure
        record.status = .failure
        record.error = .init(code: failure.code, reason: failure.message)
        record.add(.failed(attempt, code: failure.code))
    }

    /// Why the way of an object ends early.
    enum Stop: Error {
        case abort(TargetFailure)
        case ignored
        case held
        case skipped(ProvisioningEvent.SkipReason)
        case failed(TargetFailure, ProvisioningEvent.Attempt)
    }

    private mutating func run(
        _ draft: ObjectDraft, _ connection: ObjectConnection?
    ) throws(Stop) {
        let received: ProvisioningEvent =
            switch source.arrival {
            case .added: .receivedAddition
            case .updated: .receivedUpdate
            case .demanded: .retrievedSource
            }
        record.add(received, .source)
        let keys = try draft.keys.get()
        guard !keys.isEmpty || connection != nil else {
            throw .skipped(.importSkipped)
        }
        let entitlement = try draft.entitlement.get()
        guard !entitlement.isIgnored else { throw .ignored }
        outcome.isEntitled = source.assignment != .none
        outcome.isEntitledForProvisioning = entitlement.isEntitled
        if let connection {
            if entitlement.isEntitled {
                try update(connection, entitlement, draft)
            } else {
                try withdraw(connection, entitlement, draft)
            }
            return
        }
        record.add(.scoped, .entitlement(entitlement))
        guard entitlement.isEntitled else {
            throw .skipped(.notEffectivelyEntitled(keepsTarget: false))
        }
        if let found = try match(keys) {
            try link(found, draft)
        } else {
            try create(draft)
        }
    }

    // MARK: Matching

    /// The first object of the target that any attribute finds, in their turn.
    private mutating func match(
        _ keys: [MatchingKey]
    ) throws(Stop) -> TargetObject? {
        for key in keys {
            let found = try ask { () throws(TargetFailure) in
                try target.find(
                    rule.target, where: key.rule.target, is: key.value, prepared: key.request)
            }
            guard let object = found.first else { continue }
            guard found.count == 1 else {
                throw .failed(
                    TargetFailure(
                        .entry, code: "DuplicateTargetEntries",
                        message: "\(found.count) objects of \(rule.targetDirectory) have the value "
                            + "'\(key.value)' of \(key.rule.name)."), .matching)
            }
            if surroundings.isLinkedElsewhere(object.id, source.anchor) {
                try takeOver(object, key)
            }
            record.targetAnchor = object.id
            record.add(.found(attribute: key.rule.name), .target(object))
            return object
        }
        return nil
    }

    /// Has a worker's new profile take the account over from a former one.
    ///
    /// Follows "Support for worker conversions": the active profile owns the account.
    private mutating func takeOver(
        _ object: TargetObject, _ key: MatchingKey
    ) throws(Stop) {
        if rule.sourceKind == .workers {
            guard source.attributes["Active"]?.texts.first != "0" else {
                // Unverified: how the log tells of a former profile whose account has another owner.
                throw .skipped(.notEffectivelyEntitled(keepsTarget: false))
            }
            if surroundings.isHeldByFormer(object.id, source.anchor) {
                outcome.takesOver = true
                return
            }
        }
        throw .failed(
            .linkedElsewhere(
                object.id, of: rule, "which \(key.rule.name) '\(key.value)' finds"), .matching)
    }

    // MARK: Export

    private mutating func create(_ draft: ObjectDraft) throws(Stop) {
        guard rule.flow.contains(.add) else {
            throw .skipped(.flowTypes(missing: "Add"))
        }
        var context = draft.context
        let made =
            draft.creation
            ?? ObjectDraft.creation(source, rule, in: &context) {
                target.takenValues(rule.target, $0)
            }
        let creation = try plan(.planningAddition) { () throws(AttributePlan.Obstacle) in
            try made.get()
        }
        let plan = creation.plan
        record.add(.willBeCreated)
        record.action = .create
        record.entries = plan.entries
        outcome.isExport = true
        let object = try ask(.creation) { () throws(TargetFailure) in
            try target.create(rule.target, creation.changes, prepared: creation.request)
        }
        record.targetAnchor = object.id
        record.add(.created, .written)
        connect(object.id, plan, earlier: [:])
        outcome.isExported = true
        outcome.isNewlyConnected = true
    }

    private mutating func link(_ object: TargetObject, _ draft: ObjectDraft) throws(Stop) {
        var context = draft.context
        var plan = try plan { () throws(AttributePlan.Obstacle) in
            try AttributePlan(updating: rule, from: object, exported: [:], in: &context)
        }
        // Unverified: what the source never had is not taken from an object that is matched.
        if rule.sourceKind == .onPremises { plan.dropRemovals() }
        connect(object.id, AttributePlan(), earlier: [:])
        outcome.isNewlyConnected = true
        try write(plan, to: object, earlier: [:])
    }

    private mutating func update(
        _ connection: ObjectConnection, _ entitlement: Entitlement, _ draft: ObjectDraft
    ) throws(Stop) {
        record.targetAnchor = connection.targetAnchor
        let object = try load(connection)
        record.add(.scoped, .entitlement(entitlement))
        var context = draft.context
        let plan = try plan { () throws(AttributePlan.Obstacle) in
            try AttributePlan(
                updating: rule, from: object, exported: connection.exported, in: &context)
        }
        outcome.wantsReferences = true
        if !connection.isManaged || connection.displayName != source.displayName {
            connect(object.id, AttributePlan(), earlier: connection.exported)
        }
        try write(plan, to: object, earlier: connection.exported)
    }

    private mutating func write(
        _ plan: AttributePlan, to object: TargetObject, earlier: [String: String]
    ) throws(Stop) {
        guard !plan.entries.isEmpty else { throw .skipped(.redundantExport) }
        guard rule.flow.contains(.update) else {
            throw .skipped(.flowTypes(missing: "Update"))
        }
        // A worker who leaves is disabled by a mapping, not by losing the scope.
        let isDisabling = rule.isInbound && plan.disablesAccount
        record.action = isDisabling ? .disable : .update
        record.entries = plan.entries
        record.add(.willBeUpdated)
        outcome.isExport = true
        try ask(isDisabling ? .disabling : .update) { () throws(TargetFailure) in
            try target.update(rule.target, id: object.id, plan.changes(of: source))
        }
        record.add(isDisabling ? .disabled : .updated, .written)
        if plan.entries.contains(where: { $0.rule.mutability == .writeOnly }) {
            connect(object.id, plan, earlier: earlier)
        }
        outcome.isExported = true
    }

    // MARK: Steps

    /// The linked object, read anew.
    mutating func load(_ connection: ObjectConnection) throws(Stop) -> TargetObject {
        let found = try ask { () throws(TargetFailure) in
            try target.load(rule.target, id: connection.targetAnchor)
        }
        guard let object = found else {
            // Unverified: a linked object that is gone fails until its connection is removed.
            throw .failed(
                TargetFailure(
                    .entry, code: "InvalidAnchor",
                    message: "The object '\(connection.targetAnchor)', which the \(source.type) is "
                        + "linked to, is gone from \(rule.targetDirectory). Remove the object "
                        + "connection, or restart the job with ConnectorDataStore, to have it "
                        + "matched again.", status: 404), .matching)
        }
        record.add(.retrievedTarget, .target(object))
        return object
    }

    mutating func connect(_ id: String, _ plan: AttributePlan, earlier: [String: String]) {
        var exported = earlier
        for entry in plan.entries where entry.rule.mutability == .writeOnly {
            exported[entry.rule.name] = entry.value.joinedText
        }
        outcome.connection = .save(
            ObjectConnection(
                objectType: source.type, sourceAnchor: source.anchor, targetType: rule.targetType,
                targetAnchor: id, displayName: source.displayName, exported: exported))
        outcome.wantsReferences = true
    }

    func plan<Value>(
        _ attempt: ProvisioningEvent.Attempt = .planningUpdate,
        _ make: () throws(AttributePlan.Obstacle) -> Value
    ) throws(Stop) -> Value {
        do throws(AttributePlan.Obstacle) {
            return try make()
        } catch {
            switch error {
            case .missing(let attribute):
                throw .skipped(.attributeValidationFailed(attribute: attribute))
            case .expression(let attribute, let message):
                throw .failed(.expression(attribute, message), attempt)
            }
        }
    }

    /// Asks the target, and tells what ends the run from what ends this object.
    @discardableResult
    func ask<Value>(
        _ attempt: ProvisioningEvent.Attempt = .matching,
        _ question: () throws(TargetFailure) -> Value
    ) throws(Stop) -> Value {
        do throws(TargetFailure) {
            return try question()
        } catch {
            switch error.kind {
            case .credentials, .contract: throw .abort(error)
            case .unreachable, .throttled, .entry: throw .failed(error, attempt)
            }
        }
    }
}

extension TargetFailure {
    /// The failure of an expression, which escrows its object.
    static func expression(_ attribute: String, _ message: String) -> TargetFailure {
        // Unverified: an expression that fails escrows the object, not the attribute alone.
        TargetFailure(
            .entry, code: "AttributeValidationFailed",
            message: "The expression of \(attribute) failed: \(message)")
    }
}
