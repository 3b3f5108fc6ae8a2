// Ordinal search: every occurrence, and no text that makes it slow.

import Testing

@testable import Expressions

struct OrdinalTextTests {
    @Test(arguments: [
        ("abcab", "ab", 0, 0), ("abcab", "ab", 1, 3), ("aabaaab", "aaab", 0, 3), ("", "", 0, 0),
        ("abc", "", 3, 3), ("abababac", "ababac", 0, 2), ("aXaXaY", "aXaY", 0, 2),
    ])
    func findsTheFirstOccurrence(_ text: String, part: String, from start: Int, at index: Int) {
        let range = OrdinalSearch(part.utf8).firstRange(in: Array(text.utf8), from: start)
        #expect(range == index..<index + part.utf8.count)
    }

    @Test(arguments: [("abc", "abcd"), ("abc", "x"), ("", "a"), ("aabaab", "aaab")])
    func findsNothingThatIsNotThere(_ text: String, part: String) {
        #expect(!OrdinalText.contains(text, part))
    }

    @Test func agreesWithTheObviousSearch() {
        var random = SeededRandomSource(seed: 3)
        for _ in 0..<2_000 {
            let text = (0..<random.next(below: 30)).map { _ in UInt8(random.next(below: 2)) }
            let part = (0..<random.next(below: 5)).map { _ in UInt8(random.next(below: 2)) }
            let obvious = text.indices.first { text[$0...].starts(with: part) }
            let expected = part.isEmpty ? 0..<0 : obvious.map { $0..<$0 + part.count }
            #expect(OrdinalSearch(part).firstRange(in: text) == expected)
        }
    }

    @Test func searchIsLinearInTheWorstCase() {
        // Compared at every place, this would take 10,000 million comparisons.
        let text = String(repeating: "a", count: 1_000_000)
        let part = String(repeating: "a", count: 10_000) + "b"
        #expect(!OrdinalText.contains(text, part))
    }

    @Test func suffixesAndSplitsAreOrdinal() {
        #expect(OrdinalText.hasSuffix("abc", "bc"))
        #expect(!OrdinalText.hasSuffix("e\u{301}", "\u{e9}"))
        #expect(OrdinalText.split("a--b----c", at: "--") == ["a", "b", "", "c"])
        #expect(OrdinalText.split("", at: ",") == [""])
        #expect(OrdinalText.trimmed(" \u{a0}a b\t\n") == "a b")
    }
}
