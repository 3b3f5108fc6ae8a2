// One object on its way from source to target: import, scoping, matching, export.

public import Expressions
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
    var random: any RandomSource
    var source = SourceObject(
        type: "", anchor: "", displayName: "", attributes: [:])
    var outcome = ObjectOutcome()
    var record: ProvisioningRecord

    /// Makes ready to process objects of one mapping.
    public init(
        rule: ObjectRule, target: any TargetDirectory, surroundings: CycleSurroundings,
        random: any RandomSource
    ) {
        self.rule = rule
        self.target = target
        self.surroundings = surroundings
        self.random = random
        record = ProvisioningRecord(source, rule)
    }

    /// Processes an object that the source still has.
    ///
    /// - Parameters:
    ///   - object: the object.
    ///   - connection: its link to the target; nil for none.
    /// - Returns: what to remember, log and count.
    /// - Throws: `TargetFailure` of a kind that ends the whole run.
    public mutating func process(
        _ object: SourceObject, _ connection: ObjectConnection?
    ) throws(TargetFailure) -> ObjectOutcome {
        source = object
        outcome = ObjectOutcome()
        record = ProvisioningRecord(object, rule)
        do throws(Stop) {
            try run(connection)
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

    private mutating func run(_ connection: ObjectConnection?) throws(Stop) {
        let received: ProvisioningEvent =
            switch source.arrival {
            case .added: .receivedAddition
            case .updated: .receivedUpdate
            case .demanded: .retrievedSource
            }
        record.add(received, .source)
        var context = makeContext(isSoftDeleted: false)
        let keys = try matchingValues(in: &context)
        guard !keys.isEmpty || connection != nil else {
            throw .skipped(.importSkipped)
        }
        let entitlement = try entitle()
        guard !entitlement.isIgnored else { throw .ignored }
        outcome.isEntitled = source.assignment != .none
        outcome.isEntitledForProvisioning = entitlement.isEntitled
        if let connection {
            if entitlement.isEntitled {
                try update(connection, entitlement)
            } else {
                try withdraw(connection, entitlement)
            }
            return
        }
        record.add(.scoped, .entitlement(entitlement))
        guard entitlement.isEntitled else {
            throw .skipped(.notEffectivelyEntitled(keepsTarget: false))
        }
        if let found = try match(keys) {
            try link(found, in: &context)
        } else {
            try create(in: &context)
        }
    }

    func makeContext(isSoftDeleted: Bool) -> EvaluationContext {
        var attributes = source.attributes
        attributes[ObjectRule.softDeleted] = .one(.boolean(isSoftDeleted))
        var roles: [AppRole] = []
        if case .roles(let assigned) = source.assignment { roles = assigned }
        return EvaluationContext(
            attributes: attributes, now: surroundings.now, random: random,
            defaultDomain: surroundings.defaultDomain, appRoles: roles)
    }

    private func entitle() throws(Stop) -> Entitlement {
        do throws(ScopingError) {
            return try Entitlement(source, rule)
        } catch {
            throw .failed(
                TargetFailure(.entry, code: "InternalError", message: "\(error)"), .scoping)
        }
    }

    // MARK: Matching

    /// The attributes that match, with their values; those without a value take no part.
    private func matchingValues(
        in context: inout EvaluationContext
    ) throws(Stop) -> [(rule: AttributeRule, value: String)] {
        var keys: [(rule: AttributeRule, value: String)] = []
        for attribute in rule.matching {
            do throws(ExpressionError) {
                guard let found = try attribute.value(in: &context),
                    let text = found.value.texts.first, !text.isEmpty
                else { continue }
                keys.append((attribute, text))
            } catch {
                throw .failed(.expression(attribute.name, "\(error)"), .planningAddition)
            }
        }
        return keys
    }

    /// The first object of the target that any attribute finds, in their turn.
    private mutating func match(
        _ keys: [(rule: AttributeRule, value: String)]
    ) throws(Stop) -> TargetObject? {
        for key in keys {
            let found = try ask { () throws(TargetFailure) in
                try target.find(rule.target, where: key.rule.target, is: key.value)
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
        _ object: TargetObject, _ key: (rule: AttributeRule, value: String)
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

    private mutating func create(in context: inout EvaluationContext) throws(Stop) {
        guard rule.flow.contains(.add) else {
            throw .skipped(.flowTypes(missing: "Add"))
        }
        let plan = try plan(.planningAddition) { () throws(AttributePlan.Obstacle) in
            try AttributePlan(creating: rule, in: &context) {
                target.takenValues(rule.target, $0)
            }
        }
        record.add(.willBeCreated)
        record.action = .create
        record.entries = plan.entries
        outcome.isExport = true
        let made = try ask(.creation) { () throws(TargetFailure) in
            try target.create(rule.target, changes(of: plan))
        }
        record.targetAnchor = made.id
        record.add(.created, .written)
        connect(made.id, plan, earlier: [:])
        outcome.isExported = true
        outcome.isNewlyConnected = true
    }

    private mutating func link(
        _ object: TargetObject, in context: inout EvaluationContext
    ) throws(Stop) {
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
        _ connection: ObjectConnection, _ entitlement: Entitlement
    ) throws(Stop) {
        record.targetAnchor = connection.targetAnchor
        let object = try load(connection)
        record.add(.scoped, .entitlement(entitlement))
        var context = makeContext(isSoftDeleted: false)
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
            try target.update(rule.target, id: object.id, changes(of: plan))
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

    func plan(
        _ attempt: ProvisioningEvent.Attempt = .planningUpdate,
        _ make: () throws(AttributePlan.Obstacle) -> AttributePlan
    ) throws(Stop) -> AttributePlan {
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

    /// What is written, with the roles that are named by no more than a display name.
    private func changes(of plan: AttributePlan) -> [TargetChange] {
        guard case .roles(let roles) = source.assignment else { return plan.changes }
        return plan.changes.map { change in
            guard change.attribute.roleForm == .single, let name = change.value.texts.first
            else { return change }
            var named = change
            named.role = roles.first { $0.displayName == name }?.assignmentText
            return named
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
