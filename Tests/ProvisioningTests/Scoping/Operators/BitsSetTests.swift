// &

import Expressions
import Provisioning
import Testing

struct BitsSetTests {
    @Test(arguments: [
        OperatorCase("514", "2", true),
        OperatorCase("512", "2", false),
        OperatorCase(7, "5", true),
        OperatorCase(4, "5", false),
        OperatorCase(nil, "0", false),
        OperatorCase("x", "1", false),
        OperatorCase(-1, "9223372036854775807", true),
    ])
    func testsABitMask(_ question: OperatorCase) throws {
        #expect(try question.ask("&") == question.isTrue)
    }
}
