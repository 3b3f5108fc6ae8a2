// ENDS_WITH

import Expressions
import Provisioning
import Testing

struct EndsWithTests {
    @Test(arguments: [
        OperatorCase("ada@contoso.com", "@contoso.com", true),
        OperatorCase("ada@CONTOSO.com", "@contoso.com", false),
        OperatorCase("com", "contoso.com", false),
        OperatorCase(nil, "x", false),
    ])
    func findsTheValueAtTheEnd(_ question: OperatorCase) throws {
        #expect(try question.ask("ENDS_WITH") == question.isTrue)
    }
}
