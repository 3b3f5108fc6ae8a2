// Greater_Than_OR_EQUALS

import Expressions
import Provisioning
import Testing

struct GreaterThanOrEqualsTests {
    @Test(arguments: [
        OperatorCase("10", "9", true),
        OperatorCase("9", "9", true),
        OperatorCase("8", "9", false),
        OperatorCase(nil, "0", false),
        OperatorCase("", "0", false),
    ])
    func comparesNumbers(_ question: OperatorCase) throws {
        #expect(try question.ask("Greater_Than_OR_EQUALS") == question.isTrue)
    }
}
