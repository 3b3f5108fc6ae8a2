// Greater_Than

import Expressions
import Provisioning
import Testing

struct GreaterThanTests {
    @Test(arguments: [
        OperatorCase("10", "9", true),
        OperatorCase("9", "10", false),
        OperatorCase(9, "9", false),
        OperatorCase("ten", "9", false),
        OperatorCase(nil, "-1", false),
        OperatorCase("99999999999999999999", "1", false),
        OperatorCase("-5", "-6", true),
    ])
    func comparesNumbers(_ question: OperatorCase) throws {
        #expect(try question.ask("Greater_Than") == question.isTrue)
    }

    @Test(arguments: ["x", "", "1.5", "99999999999999999999"])
    func valueMustBeAWholeNumber(_ value: String) {
        #expect(
            fault("Greater_Than", [value])
                == .valueInvalid(name: "Greater_Than", expected: "a whole number", found: value))
    }

    @Test func takesNumbersOnly() {
        #expect(
            fault("Greater_Than", ["1"], ScopingAttribute(.string))
                == .typeUnsupported(name: "Greater_Than", attribute: "a", .string))
    }
}
