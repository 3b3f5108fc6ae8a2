// EQUALS

import Expressions
import Provisioning
import Testing

struct EqualsTests {
    @Test(arguments: [
        OperatorCase("Sales", "Sales", true),
        OperatorCase("sales", "Sales", false),
        OperatorCase("Sales ", "Sales", false),
        OperatorCase(nil, "Sales", false),
        OperatorCase("", "", false),
        OperatorCase(5, "5", true),
        OperatorCase("05", "5", false),
        OperatorCase("é", "e\u{301}", false),
        OperatorCase(["x", "x"], "x", true),
        OperatorCase(["x", "y"], "x", false),
        OperatorCase([], "x", false),
    ])
    func comparesExactly(_ question: OperatorCase) throws {
        #expect(try question.ask("EQUALS") == question.isTrue)
    }

    @Test func takesTextsAndNumbers() {
        #expect(fault("EQUALS", ["x"], ScopingAttribute(.string)) == nil)
        #expect(fault("EQUALS", ["1"], ScopingAttribute(.integer)) == nil)
        #expect(
            fault("EQUALS", ["True"], ScopingAttribute(.boolean))
                == .typeUnsupported(name: "EQUALS", attribute: "a", .boolean))
        #expect(fault("EQUALS", []) == .valueCount(name: "EQUALS", found: 0))
        #expect(fault("EQUALS", ["x", "y"]) == .valueCount(name: "EQUALS", found: 2))
    }
}
