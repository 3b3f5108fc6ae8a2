// Identifiers of assignments, there and back.

import Model
import Testing

struct AppRoleAssignmentKeyTests {
    /// A captured identifier: its first half is the principal that the capture names.
    @Test func readsACapturedIdentifier() throws {
        let text = "-WmtM5na7Uus0D8kI1yylpU9Mdo0Pb9OoBJvd3T5eKc"
        let key = try #require(AppRoleAssignmentKey(parsing: text))
        #expect(key.principal.description == "33ad69f9-da99-4bed-acd0-3f24235cb296")
        #expect(key.description == text)
    }

    @Test(arguments: [
        "", "-WmtM5na7Uus0D8kI1yylpU9Mdo0Pb9OoBJvd3T5eK",
        "-WmtM5na7Uus0D8kI1yylpU9Mdo0Pb9OoBJvd3T5eKd",
        "+WmtM5na7Uus0D8kI1yylpU9Mdo0Pb9OoBJvd3T5eKc",
    ])
    func refusesWhatIsNone(text: String) {
        #expect(AppRoleAssignmentKey(parsing: text) == nil)
    }

    @Test func everyPairHasItsOwn() {
        let one = GUID(high: 1, low: 2)
        let other = GUID(high: 0xFEDC_BA98_7654_3210, low: .max)
        for key in [
            AppRoleAssignmentKey(principal: one, id: other),
            AppRoleAssignmentKey(principal: other, id: one),
        ] {
            #expect(AppRoleAssignmentKey(parsing: key.description) == key)
        }
    }
}
