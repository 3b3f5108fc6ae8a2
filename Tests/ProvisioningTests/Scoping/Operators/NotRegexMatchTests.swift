// NOT REGEX MATCH

import Expressions
import Provisioning
import Testing

struct NotRegexMatchTests {
    @Test(arguments: [
        OperatorCase("ada@other.com", ".*\\@domain.com", true),
        OperatorCase("ada@domain.com", ".*\\@domain.com", false),
        OperatorCase(nil, "x", false),
        OperatorCase("", "x", false),
        OperatorCase(["a1", "b"], "[0-9]", false),
        OperatorCase(["a", "b"], "[0-9]", true),
    ])
    func needsAValueThatDoesNotMatch(_ question: OperatorCase) throws {
        #expect(try question.ask("NOT REGEX MATCH") == question.isTrue)
    }
}
