// A filter made ready: checked once, its patterns compiled, then asked for many objects.

public import Expressions

/// A checked scoping filter.
public struct ScopeEvaluation: Sendable {
    /// What becomes of an object.
    public enum Decision: Hashable, Sendable {
        /// It passes all three sets.
        case inScope(ScopeEvaluationResult)
        /// It belongs to another mapping (`categoryFilterGroups`).
        case otherCategory(ScopeEvaluationResult)
        /// It is dropped while reading, and not deprovisioned (`inputFilterGroups`).
        case notRead(ScopeEvaluationResult)
        /// It is out of scope, and deprovisioned if it was provisioned (`groups`).
        case outOfScope(ScopeEvaluationResult)

        /// The result of the set that decided.
        public var result: ScopeEvaluationResult {
            switch self {
            case .inScope(let result), .otherCategory(let result), .notRead(let result),
                .outOfScope(let result):
                result
            }
        }
    }

    private struct Group: Sendable {
        let name: String
        let clauses: [PreparedClause]
    }

    private let sets: [ScopingSet: [Group]]
    private let limits: ScopingLimits

    /// Checks a filter and makes it ready.
    ///
    /// - Parameters:
    ///   - filter: The filter.
    ///   - attributes: Describes the source object's attributes, nil for one it does not have;
    ///     without it, names and types are not checked.
    ///   - limits: What the filter may cost.
    /// - Throws: `ScopingError` with the first fault.
    public init(
        _ filter: ScopingFilter, attributes: ((String) -> ScopingAttribute?)? = nil,
        limits: ScopingLimits = .standard
    ) throws(ScopingError) {
        let length = filter.characterCount
        guard length <= limits.characters else {
            throw ScopingError(.filterTooLong(limit: limits.characters, found: length), at: nil)
        }
        var sets: [ScopingSet: [Group]] = [:]
        for set in ScopingSet.allCases {
            for (index, group) in filter.groups(of: set).enumerated() {
                var clauses: [PreparedClause] = []
                for (number, clause) in group.clauses.enumerated() {
                    let place = ScopingError.Place(set: set, group: index, clause: number)
                    clauses.append(
                        try PreparedClause(clause, at: place, attributes: attributes, limits))
                }
                sets[set, default: []].append(Group(name: group.name ?? "", clauses: clauses))
            }
        }
        self.sets = sets
        self.limits = limits
    }

    /// Asks all sets about an object, in the order category, reading, scope.
    ///
    /// - Parameter attribute: Gives the value of a source attribute; an absent one is null.
    /// - Returns: What becomes of the object, and why.
    /// - Throws: `ScopingError` when a regular expression takes too long on a value.
    public func decide(
        attribute: (String) -> ExpressionValue
    ) throws(ScopingError) -> Decision {
        let category = try evaluate(.categoryFilterGroups, attribute: attribute)
        guard category.isInScope else { return .otherCategory(category) }
        let input = try evaluate(.inputFilterGroups, attribute: attribute)
        guard input.isInScope else { return .notRead(input) }
        let scope = try evaluate(.groups, attribute: attribute)
        return scope.isInScope ? .inScope(scope) : .outOfScope(scope)
    }

    /// Asks one set about an object: clauses until one fails, groups until one passes.
    ///
    /// - Parameters:
    ///   - set: The set.
    ///   - attribute: Gives the value of a source attribute; an absent one is null.
    /// - Returns: Whether the object passes, and which clause decided.
    /// - Throws: `ScopingError` when a regular expression takes too long on a value.
    public func evaluate(
        _ set: ScopingSet, attribute: (String) -> ExpressionValue
    ) throws(ScopingError) -> ScopeEvaluationResult {
        var budget = RegularExpression.Budget(limits.regularExpression)
        var evaluated: [ScopeEvaluationResult.Clause] = []
        let groups = sets[set] ?? []
        for group in groups {
            var isPassed = true
            for clause in group.clauses where isPassed {
                isPassed = try clause.passes(
                    attribute(clause.clause.sourceOperandName), budget: &budget)
                evaluated.append(
                    .init(groupName: group.name, clause: clause.clause, isTrue: isPassed))
            }
            if isPassed { return ScopeEvaluationResult(isInScope: true, clauses: evaluated) }
        }
        return ScopeEvaluationResult(isInScope: groups.isEmpty, clauses: evaluated)
    }
}
