// What a set of groups said about an object, and how the provisioning log shows it.

internal import Expressions

/// Whether an object passes a set of groups, and why.
public struct ScopeEvaluationResult: Hashable, Sendable {
    /// A clause that was asked, and its answer.
    public struct Clause: Hashable, Sendable {
        /// The title of the clause's group.
        public let groupName: String
        /// The clause.
        public let clause: ScopingClause
        /// Whether the object passes it.
        public let isTrue: Bool
    }

    /// Whether the object passes.
    public let isInScope: Bool

    /// The clauses that were asked, in order; none for a set without groups.
    public let clauses: [Clause]

    /// The clause after which the answer was certain; nil where none had to be asked.
    public var decidedBy: Clause? { clauses.last }

    /// The result as the log has it: `{"Sales.department EQUALS 'Sales'":true}`.
    ///
    /// Unverified: a clause that was not asked, because another one had decided, is not shown;
    /// a unary operator has no value behind it.
    public var logText: String {
        var seen: Set<String> = []
        var members: [String] = []
        for clause in clauses where seen.insert(clause.logKey).inserted {
            members.append("\(JSONText.quoted(clause.logKey)):\(clause.isTrue)")
        }
        return "{\(members.joined(separator: ","))}"
    }
}

extension ScopeEvaluationResult.Clause {
    /// The clause in words: `<title>.<attribute> <OPERATOR> '<value>'`.
    var logKey: String {
        let isBinary = ScopingOperatorTable.operator(named: clause.operatorName)?.arity == .binary
        let value = isBinary ? " '\(clause.values.first ?? "")'" : ""
        return "\(groupName).\(clause.sourceOperandName) \(clause.operatorName)\(value)"
    }
}
