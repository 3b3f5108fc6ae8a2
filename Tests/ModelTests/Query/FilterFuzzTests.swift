// Mutated filters: whatever is asked, the parser answers, and soon.

import Foundation
import Model
import Support
import Testing

struct FilterFuzzTests {
    private static let seeds = [
        "displayName eq 'a' and not (accountEnabled eq true) or id in ('a','b')",
        "proxyAddresses/any(p:endsWith(p,'x') and startswith(tolower(p),'y'))",
        "assignedLicenses/any(l:l/disabledPlans/any(d:d eq 11111111-2222-3333-4444-555555555555))",
        "createdDateTime ge 2024-01-01T00:00:00Z and assignedLicenses/$count ne 0",
        "employeeOrgData/costCenter eq 'it''s' and extension_a_b gt -5.5e3",
    ]
    private static let pieces = [
        "(", ")", "'", ",", " ", "not ", " and ", " or ", " eq ", " in ", "/any(x:", "/$count", "/",
        "tolower(", "null", "true", "-1", "\u{0}", "é", "x:", "id", "displayName", "''",
    ]

    @Test func noTextIsTooMuch() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/Metadata")
        let catalog = try TypeCatalog(
            JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: "types.json")))),
            JSONValue(
                parsing: Array(
                    Data(contentsOf: folder.appending(path: "directory-types.json")))))
        let user = try #require(catalog.type("user"))
        let environment = ProcessInfo.processInfo.environment
        let count = environment["FILTER_FUZZ_COUNT"].flatMap { Int($0) } ?? 3_000
        let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 20_260_101
        var random = SplitMix64(state: seed)
        var accepted = 0
        for _ in 0..<count {
            var text = FilterFuzzTests.seeds.randomElement(using: &random) ?? ""
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let at = text.index(
                    text.startIndex, offsetBy: Int.random(in: 0...text.count, using: &random))
                if Bool.random(using: &random), at < text.endIndex {
                    text.remove(at: at)
                } else {
                    let piece = FilterFuzzTests.pieces.randomElement(using: &random) ?? ""
                    text.insert(contentsOf: piece, at: at)
                }
            }
            // The answer is a filter or an error; anything else would end the process.
            if (try? FilterParser.parse(text, over: user, of: catalog)) != nil { accepted += 1 }
            _ = try? SearchParser.parse(text, over: user)
        }
        #expect(accepted > 0, "seed \(seed)")
    }
}
