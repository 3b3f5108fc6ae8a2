// Which attributes of an object are written, and how: the comparison of what is wanted with what is.

import Expressions
import Model

/// The values that a mapping gives for one object, or why it gives none.
struct AttributePlan {
    /// One attribute to be written.
    struct Entry: Sendable {
        let rule: AttributeRule
        let operation: TargetChange.Operation
        let value: ExpressionValue
        let old: ExpressionValue
        let isRedacted: Bool

        var change: TargetChange { TargetChange(rule.target, operation, value) }

        var modified: LoggedRecord.ModifiedProperty {
            .init(displayName: rule.name, oldValue: oldText, newValue: newText)
        }

        /// What the target had, as logs show it.
        var oldText: String? { text(old) }
        /// What it gets, as logs show it.
        var newText: String? { text(value) }

        private func text(_ value: ExpressionValue) -> String? {
            guard !value.isNull else { return nil }
            // A password is never told, whatever the mapping is.
            if isRedacted || rule.name == "passwordProfile.password" { return "[Redact]" }
            return value.joinedText
        }
    }

    /// Why an object can't be written.
    enum Obstacle: Error {
        /// A required attribute has no value.
        case missing(attribute: String)
        /// An expression failed.
        case expression(attribute: String, message: String)
    }

    private(set) var entries: [Entry] = []

    var changes: [TargetChange] { entries.map(\.change) }

    /// Nothing to write.
    init() {}

    /// What creates an object: every value, defaults included.
    ///
    /// `taken` gives what tells whether a value of an attribute is taken in the target.
    init(
        creating rule: ObjectRule, in context: inout EvaluationContext,
        taken: (TargetAttribute) -> (@Sendable (String) -> Bool)?
    ) throws(Obstacle) {
        entries.reserveCapacity(rule.attributes.count)
        for attribute in rule.attributes where !attribute.isReference {
            guard attribute.mutability != .readOnly else { continue }
            if attribute.isUniqueValue { context.isTaken = taken(attribute.target) }
            guard let found = try AttributePlan.value(attribute, in: &context) else { continue }
            var value = found.value
            if value.isNullOrEmpty { value = attribute.defaultValue.map { .text($0) } ?? .null }
            guard !value.isNullOrEmpty else {
                guard !attribute.isRequired else { throw .missing(attribute: attribute.name) }
                continue
            }
            entries.append(
                Entry(
                    rule: attribute, operation: .add, value: value, old: .null,
                    isRedacted: found.isRedacted || attribute.isPassword))
        }
    }

    /// What brings an object up to date: only what differs.
    init(
        updating rule: ObjectRule, from object: TargetObject, exported: [String: String],
        in context: inout EvaluationContext, selects: (AttributeRule) -> Bool = { _ in true }
    ) throws(Obstacle) {
        for attribute in rule.attributes
        where !attribute.isReference && attribute.isUpdated && selects(attribute) {
            guard let found = try AttributePlan.value(attribute, in: &context) else { continue }
            var old = object.values[attribute.target.name] ?? .null
            if attribute.mutability == .writeOnly, let last = exported[attribute.name] {
                old = .text(last)
            }
            guard let step = attribute.step(from: old, to: found.value) else { continue }
            entries.append(
                Entry(
                    rule: attribute, operation: step.operation, value: step.value, old: old,
                    isRedacted: found.isRedacted || attribute.isPassword))
        }
    }

    /// Whether an account that was enabled no longer is.
    ///
    /// Unverified: that the log calls such an update of an inbound job a disabling.
    var disablesAccount: Bool {
        entries.contains { entry in
            entry.rule.name == "accountEnabled"
                && entry.old.texts.first?.lowercased() == "true"
                && entry.value.texts.first?.lowercased() == "false"
        }
    }

    /// Leaves out what would only take values away.
    mutating func dropRemovals() { entries.removeAll { $0.operation == .remove } }

    private static func value(
        _ attribute: AttributeRule, in context: inout EvaluationContext
    ) throws(Obstacle) -> (value: ExpressionValue, isRedacted: Bool)? {
        do throws(ExpressionError) {
            return try attribute.value(in: &context)
        } catch {
            throw .expression(attribute: attribute.name, message: "\(error)")
        }
    }
}

extension AttributeRule {
    /// Whether an update can touch it at all.
    fileprivate var isUpdated: Bool {
        flowType != .objectAddOnly && expression != nil && mutability != .readOnly
            && mutability != .immutable && !isUniqueValue
    }

    /// How one value becomes another; nil when nothing is to be written.
    func step(
        from old: ExpressionValue, to new: ExpressionValue
    ) -> (operation: TargetChange.Operation, value: ExpressionValue)? {
        guard !new.isNullOrEmpty else {
            // Nulls do not flow, unless both schemas say that they do.
            guard flowsNull, !old.isNullOrEmpty else { return nil }
            return (.remove, .null)
        }
        if flowsAlways { return (old.isNull ? .add : .replace, new) }
        switch flowType {
        case .attributeAddOnly where !old.isNull: return nil
        // Unverified: `ValueAddOnly` and `AttributeAddOnly`, which no page explains.
        case .multiValueAddOnly, .valueAddOnly:
            let added = new.scalars.filter { scalar in
                !old.scalars.contains { isSame($0, scalar) }
            }
            return added.isEmpty ? nil : (.add, .many(added))
        default: break
        }
        if target.roleForm == .complex {
            let added = new.scalars.filter { scalar in
                !old.scalars.contains { isSame($0, scalar) }
            }
            return added.isEmpty ? nil : (.add, .many(added))
        }
        guard !isSame(old, new) else { return nil }
        return (old.isNull ? .add : .replace, new)
    }

    /// Whether two values are the same to this attribute.
    func isSame(_ left: ExpressionValue, _ right: ExpressionValue) -> Bool {
        let first = left.scalars
        let second = right.scalars
        guard first.count == second.count else { return false }
        if first.count == 1 { return isSame(first[0], second[0]) }
        // The order of several values means nothing.
        return Set(first.map(key)) == Set(second.map(key))
    }

    private func isSame(_ left: ExpressionScalar, _ right: ExpressionScalar) -> Bool {
        left == right || key(left) == key(right)
    }

    private func key(_ scalar: ExpressionScalar) -> String {
        let text = scalar.description
        // The same instant in another form, or another zone, is no change.
        if target.kind == .dateTime, let date = DateTime(parsing: text) { return "\(date.ticks)" }
        return target.isCaseExact ? text : text.lowercased()
    }
}
