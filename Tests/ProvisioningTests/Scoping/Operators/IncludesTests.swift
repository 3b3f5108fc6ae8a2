// Includes

import Expressions
import Provisioning
import Testing

struct IncludesTests {
    @Test(arguments: [
        OperatorCase("Sales EMEA", "EMEA", true),
        OperatorCase("Sales EMEA", "emea", false),
        OperatorCase("Sales", "Sales EMEA", false),
        OperatorCase("x", "", true),
        OperatorCase(nil, "", false),
        OperatorCase("e\u{301}", "é", false),
    ])
    func findsTheValueInTheAttribute(_ question: OperatorCase) throws {
        #expect(try question.ask("Includes") == question.isTrue)
    }
}
