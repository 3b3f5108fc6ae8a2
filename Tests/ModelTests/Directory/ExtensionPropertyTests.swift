// Names of extension properties.

import Model
import Testing

struct ExtensionPropertyTests {
    @Test(arguments: [
        ("jobGroup", true), ("_x1", true), ("", false), ("1st", false), ("a b", false),
        ("naïve", false), (String(repeating: "x", count: 129), false),
    ])
    func knowsWhatCanBeAName(name: String, isValid: Bool) {
        #expect(ExtensionName.isValid(name) == isValid)
    }

    @Test func theFullNameHasTheApplicationsIdentifier() throws {
        let appID = try #require(GUID(parsing: "25883231-668a-43a7-80b2-5685c3f874bc"))
        #expect(
            ExtensionName.full("jobGroup", appID: appID)
                == "extension_25883231668a43a780b25685c3f874bc_jobGroup")
    }
}
