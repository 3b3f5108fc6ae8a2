// One question to one operator, for the tests of the operators.

import Expressions
import Provisioning
import Testing

/// What an operator is asked and what it has to answer.
struct OperatorCase: Sendable, CustomTestStringConvertible {
    let value: ExpressionValue
    let operand: String?
    let isTrue: Bool

    init(_ value: ExpressionValue, _ operand: String? = nil, _ isTrue: Bool) {
        self.value = value
        self.operand = operand
        self.isTrue = isTrue
    }

    var testDescription: String { "\(value.texts) \(operand ?? "") is \(isTrue)" }

    /// Asks an operator through a filter of one clause.
    func ask(_ name: String) throws -> Bool {
        let clause = ScopingClause(
            operatorName: name, sourceOperandName: "a", values: operand.map { [$0] } ?? [])
        let filter = ScopingFilter(groups: [ScopingGroup(name: "t", clauses: [clause])])
        return try ScopeEvaluation(filter).evaluate(.groups) { _ in value }.isInScope
    }
}

/// The fault of a filter of one clause, if it has one.
func fault(
    _ name: String, _ values: [String], _ attribute: ScopingAttribute? = nil
) -> ScopingError.Reason? {
    let clause = ScopingClause(operatorName: name, sourceOperandName: "a", values: values)
    let filter = ScopingFilter(groups: [ScopingGroup(clauses: [clause])])
    return filter.faults(attributes: attribute.map { attribute in { _ in attribute } }).first?
        .reason
}
