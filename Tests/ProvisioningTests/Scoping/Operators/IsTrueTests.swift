// IS TRUE

import Expressions
import Provisioning
import Testing

struct IsTrueTests {
    @Test(arguments: [
        OperatorCase(true, nil, true),
        OperatorCase(false, nil, false),
        OperatorCase("True", nil, true),
        OperatorCase("true", nil, true),
        OperatorCase("yes", nil, false),
        OperatorCase(1, nil, false),
        OperatorCase(nil, nil, false),
    ])
    func isTrueForTrueOnly(_ question: OperatorCase) throws {
        #expect(try question.ask("IS TRUE") == question.isTrue)
    }

    @Test func takesBooleansOnly() {
        #expect(fault("IS TRUE", [], ScopingAttribute(.boolean)) == nil)
        #expect(
            fault("IS TRUE", [], ScopingAttribute(.string))
                == .typeUnsupported(name: "IS TRUE", attribute: "a", .string))
    }
}
