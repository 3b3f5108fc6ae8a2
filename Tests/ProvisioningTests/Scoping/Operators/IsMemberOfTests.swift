// IsMemberOf

import Provisioning
import Testing

struct IsMemberOfTests {
    @Test func isRefusedByName() {
        #expect(fault("IsMemberOf", ["group"]) == .operatorUnsupported(name: "IsMemberOf"))
    }
}
