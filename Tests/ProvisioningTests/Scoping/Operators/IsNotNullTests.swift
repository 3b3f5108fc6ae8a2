// IS NOT NULL

import Expressions
import Provisioning
import Testing

struct IsNotNullTests {
    @Test(arguments: [
        OperatorCase(nil, nil, false),
        OperatorCase("", nil, false),
        OperatorCase(" ", nil, true),
        OperatorCase(0, nil, true),
        OperatorCase(false, nil, true),
        OperatorCase(["", "x"], nil, true),
    ])
    func isTrueForAnyOtherValue(_ question: OperatorCase) throws {
        #expect(try question.ask("IS NOT NULL") == question.isTrue)
    }

    @Test func takesNoDatesAndNoReferences() {
        #expect(
            fault("IS NOT NULL", [], ScopingAttribute(.dateTime))
                == .typeUnsupported(name: "IS NOT NULL", attribute: "a", .dateTime))
        #expect(fault("IS NOT NULL", [], ScopingAttribute(.binary)) == nil)
    }
}
