// IS FALSE

import Expressions
import Provisioning
import Testing

struct IsFalseTests {
    @Test(arguments: [
        OperatorCase(false, nil, true),
        OperatorCase(true, nil, false),
        OperatorCase("False", nil, true),
        OperatorCase("no", nil, false),
        OperatorCase(0, nil, false),
        OperatorCase(nil, nil, false),
        OperatorCase("", nil, false),
    ])
    func isTrueForFalseOnly(_ question: OperatorCase) throws {
        #expect(try question.ask("IS FALSE") == question.isTrue)
    }
}
