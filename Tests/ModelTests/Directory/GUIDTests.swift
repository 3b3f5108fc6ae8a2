// Identifiers: text to bits and back.

import Model
import Support
import Testing

struct GUIDTests {
    private static let parsed: [(text: String, high: UInt64, low: UInt64)] = [
        ("00000000-0000-0000-0000-000000000000", 0, 0),
        ("ffffffff-ffff-ffff-ffff-ffffffffffff", .max, .max),
        ("60443998-8cf7-4e61-b05c-a53b658cb5e1", 0x6044_3998_8CF7_4E61, 0xB05C_A53B_658C_B5E1),
        ("60443998-8CF7-4E61-B05C-A53B658CB5E1", 0x6044_3998_8CF7_4E61, 0xB05C_A53B_658C_B5E1),
        ("604439988cf74e61b05ca53b658cb5e1", 0x6044_3998_8CF7_4E61, 0xB05C_A53B_658C_B5E1),
        ("0123456789abcdefABCDEF9876543210", 0x0123_4567_89AB_CDEF, 0xABCD_EF98_7654_3210),
    ]

    @Test(arguments: parsed)
    func parses(text: String, high: UInt64, low: UInt64) {
        #expect(GUID(parsing: text) == GUID(high: high, low: low))
    }

    @Test(arguments: [
        "", "-", "60443998-8cf7-4e61-b05c-a53b658cb5e", "60443998-8cf7-4e61-b05c-a53b658cb5e12",
        "60443998-8cf7-4e61-b05ca-53b658cb5e1", "604439988cf7-4e61-b05c-a53b658cb5e1----",
        "60443998-8cf7-4e61-b05c-a53b658cb5eg", "60443998_8cf7_4e61_b05c_a53b658cb5e1",
        "{60443998-8cf7-4e61-b05c-a53b658cb5e1}", " 60443998-8cf7-4e61-b05c-a53b658cb5e",
        "604439988cf74e61b05ca53b658cb5e", "604439988cf74e61b05ca53b658cb5e1f",
        "604439988cf74e61b05ca53b658cb5e ", "-04439988cf74e61b05ca53b658cb5e1",
        "60443998-8cf7-4e61-b05c-a53b658cb5\u{E9}", "６0443998-8cf7-4e61-b05c-a53b658cb",
        "--------------------------------", "------------------------------------",
    ])
    func refuses(text: String) {
        #expect(GUID(parsing: text) == nil)
    }

    @Test func parsesPartsOfTexts() throws {
        let text = "x60443998-8cf7-4e61-b05c-a53b658cb5e1"
        let guid = try #require(GUID(parsing: text.dropFirst()))
        #expect("x\(guid)" == text)
    }

    @Test func printsLowerCaseWithAndWithoutDashes() {
        let guid = GUID(high: 0x0A44_3998_8CF7_4E61, low: 0x005C_A53B_658C_B50F)
        #expect(guid.description == "0a443998-8cf7-4e61-005c-a53b658cb50f")
        #expect(guid.withoutDashes == "0a4439988cf74e61005ca53b658cb50f")
        #expect(GUID.zero.description == "00000000-0000-0000-0000-000000000000")
    }

    @Test func whatIsPrintedIsParsedAgain() {
        var generator = SplitMix64(state: 7)
        for _ in 0..<1_000 {
            let guid = GUID(high: generator.next(), low: generator.next())
            #expect(GUID(parsing: guid.description) == guid)
            #expect(GUID(parsing: guid.withoutDashes) == guid)
            #expect(GUID(parsing: guid.description.uppercased()) == guid)
        }
    }
}
