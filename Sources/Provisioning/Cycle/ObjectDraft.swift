// What is known about an object before its target is asked.

import Expressions
import Model

/// An object with all that the mapping alone says about it: its matching values, whether it belongs into
/// the target, and what would create it there.
///
/// Made of values only, so that other threads can make the drafts of the objects that come next.
public struct ObjectDraft: Sendable {
    /// The object.
    let source: SourceObject
    /// The attributes that match, with their values; those without a value take no part.
    let keys: Result<[MatchingKey], ObjectCycle.Stop>
    /// Whether it belongs into the target.
    let entitlement: Result<Entitlement, ObjectCycle.Stop>
    /// Where its random values begin.
    let seed: UInt64
    /// What its mapping is evaluated in from here on.
    let context: EvaluationContext
    /// What would create it, where that was made ahead.
    private(set) var creation: Result<ObjectCreation, AttributePlan.Obstacle>?

    /// Looks at an object.
    ///
    /// - Parameters:
    ///   - source: the object.
    ///   - rule: its mapping.
    ///   - surroundings: what the cycle knows beside it.
    ///   - seed: where its random values begin; each object has others.
    ///   - preparation: makes the target's requests ready; nil to leave all that the target may not be
    ///     asked for until it is.
    public init(
        _ source: SourceObject, _ rule: ObjectRule, _ surroundings: CycleSurroundings,
        seed: UInt64, preparation: TargetPreparation? = nil
    ) {
        self.source = source
        self.seed = seed
        var context = ObjectDraft.context(
            source, surroundings, seed: seed, isSoftDeleted: false)
        keys = ObjectDraft.keys(rule, in: &context, preparation)
        entitlement = ObjectDraft.entitlement(source, rule)
        self.context = context
        guard let preparation, !rule.hasUniqueValue, case .success(let keys) = keys, !keys.isEmpty,
            case .success(let entitlement) = entitlement, entitlement.isEntitled
        else { return }
        creation = ObjectDraft.creation(source, rule, in: &context) { _ in nil }
            .map { creation in
                var creation = creation
                creation.request = preparation.create(creation.changes)
                return creation
            }
    }

    /// What the mapping of an object is evaluated in.
    static func context(
        _ source: SourceObject, _ surroundings: CycleSurroundings, seed: UInt64,
        isSoftDeleted: Bool
    ) -> EvaluationContext {
        var attributes = source.attributes
        attributes[ObjectRule.softDeleted] = .one(.boolean(isSoftDeleted))
        var roles: [AppRole] = []
        if case .roles(let assigned) = source.assignment { roles = assigned }
        return EvaluationContext(
            attributes: attributes, now: surroundings.now,
            random: SeededRandomSource(seed: seed), defaultDomain: surroundings.defaultDomain,
            appRoles: roles)
    }

    private static func keys(
        _ rule: ObjectRule, in context: inout EvaluationContext, _ preparation: TargetPreparation?
    ) -> Result<[MatchingKey], ObjectCycle.Stop> {
        var keys: [MatchingKey] = []
        for attribute in rule.matching {
            do throws(ExpressionError) {
                guard let found = try attribute.value(in: &context),
                    let text = found.value.texts.first, !text.isEmpty
                else { continue }
                keys.append(
                    MatchingKey(
                        rule: attribute, value: text,
                        request: preparation?.find(attribute.target, text)))
            } catch {
                return .failure(
                    .failed(
                        .expression(attribute.name, "\(error)"), .planningAddition))
            }
        }
        return .success(keys)
    }

    private static func entitlement(
        _ source: SourceObject, _ rule: ObjectRule
    ) -> Result<Entitlement, ObjectCycle.Stop> {
        do throws(ScopingError) {
            return .success(try Entitlement(source, rule))
        } catch {
            return .failure(
                .failed(
                    TargetFailure(.entry, code: "InternalError", message: "\(error)"),
                    .scoping))
        }
    }

    /// What creates an object in the target; `taken` tells which values are taken there.
    static func creation(
        _ source: SourceObject, _ rule: ObjectRule, in context: inout EvaluationContext,
        taken: (TargetAttribute) -> (@Sendable (String) -> Bool)?
    ) -> Result<ObjectCreation, AttributePlan.Obstacle> {
        do throws(AttributePlan.Obstacle) {
            let plan = try AttributePlan(creating: rule, in: &context, taken: taken)
            return .success(ObjectCreation(plan: plan, changes: plan.changes(of: source)))
        } catch {
            return .failure(error)
        }
    }
}

/// A value that finds an object in the target.
struct MatchingKey: Sendable {
    let rule: AttributeRule
    let value: String
    /// The request that asks for it, where it is made already.
    let request: PreparedRequest?
}

/// What creates an object in the target.
struct ObjectCreation: Sendable {
    let plan: AttributePlan
    let changes: [TargetChange]
    /// The request that creates it, where it is made already.
    var request: PreparedRequest?
}

extension AttributePlan {
    /// What is written, with the roles that are named by no more than a display name.
    func changes(of source: SourceObject) -> [TargetChange] {
        guard case .roles(let roles) = source.assignment else { return changes }
        return changes.map { change in
            guard change.attribute.roleForm == .single, let name = change.value.texts.first
            else { return change }
            var named = change
            named.role = roles.first { $0.displayName == name }?.assignmentText
            return named
        }
    }
}
