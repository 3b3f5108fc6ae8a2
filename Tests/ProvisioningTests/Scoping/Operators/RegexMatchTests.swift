// REGEX MATCH

import Expressions
import Provisioning
import Testing

struct RegexMatchTests {
    @Test(arguments: [
        OperatorCase("ada@domain.com", ".*\\@domain.com", true),
        OperatorCase("ada@other.com", ".*\\@domain.com", false),
        OperatorCase("42", "([1-9][0-9])", true),
        OperatorCase("7", "([1-9][0-9])", false),
        OperatorCase("142", "([1-9][0-9])", true),
        OperatorCase("142", "^([1-9][0-9])$", false),
        OperatorCase(1500000, "(1[0-9]{6})", true),
        OperatorCase("SALES", "sales", false),
        OperatorCase("SALES", "(?i)sales", true),
        OperatorCase(nil, ".*", false),
        OperatorCase("", ".*", false),
        OperatorCase(["a1", "b"], "[0-9]", false),
    ])
    func searchesTheValue(_ question: OperatorCase) throws {
        #expect(try question.ask("REGEX MATCH") == question.isTrue)
    }

    @Test func patternIsCompiledWhenTheFilterIsChecked() {
        guard case .regularExpression("REGEX MATCH", .patternInvalid) = fault("REGEX MATCH", ["("])
        else {
            Issue.record("the pattern is invalid")
            return
        }
    }

    @Test func runawayPatternIsAnErrorAtItsClause() throws {
        let clause = ScopingClause(
            operatorName: "REGEX MATCH", sourceOperandName: "a", values: ["(a+)+[bc]"])
        let filter = ScopingFilter(groups: [ScopingGroup(clauses: [clause])])
        var limits = ScopingLimits.standard
        limits.regularExpression.steps = 100_000
        let evaluation = try ScopeEvaluation(filter, limits: limits)
        let value = ExpressionValue.text(String(repeating: "a", count: 5_000))
        let error = #expect(throws: ScopingError.self) {
            try evaluation.decide { _ in value }
        }
        #expect(
            error?.description == "groups[0].clauses[0]: the operator 'REGEX MATCH' has a regular "
                + "expression that takes too many steps to match")
    }
}
