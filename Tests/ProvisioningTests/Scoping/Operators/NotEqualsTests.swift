// NOT EQUALS

import Expressions
import Provisioning
import Testing

struct NotEqualsTests {
    @Test(arguments: [
        OperatorCase("Sales", "Sales", false),
        OperatorCase("sales", "Sales", true),
        OperatorCase(nil, "Sales", false),
        OperatorCase("", "Sales", false),
        OperatorCase(6, "5", true),
        OperatorCase(["y", "z"], "x", true),
        OperatorCase(["x", "y"], "x", false),
    ])
    func needsAValueThatDiffers(_ question: OperatorCase) throws {
        #expect(try question.ask("NOT EQUALS") == question.isTrue)
    }
}
