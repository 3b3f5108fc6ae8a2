// !&

import Expressions
import Provisioning
import Testing

struct BitsNotSetTests {
    @Test(arguments: [
        OperatorCase("514", "2", false),
        OperatorCase("512", "2", true),
        OperatorCase(4, "5", true),
        OperatorCase(nil, "1", false),
        OperatorCase("x", "1", false),
    ])
    func testsABitMaskForMissingBits(_ question: OperatorCase) throws {
        #expect(try question.ask("!&") == question.isTrue)
    }
}
