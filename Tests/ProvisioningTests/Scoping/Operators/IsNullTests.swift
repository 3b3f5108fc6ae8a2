// IS NULL

import Expressions
import Provisioning
import Testing

struct IsNullTests {
    @Test(arguments: [
        OperatorCase(nil, nil, true),
        OperatorCase("", nil, true),
        OperatorCase([], nil, true),
        OperatorCase(" ", nil, false),
        OperatorCase(0, nil, false),
        OperatorCase(false, nil, false),
        OperatorCase("x", "ignored", false),
    ])
    func isTrueForNothingAndForEmptyText(_ question: OperatorCase) throws {
        #expect(try question.ask("IS NULL") == question.isTrue)
    }
}
