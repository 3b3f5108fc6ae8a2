// Regular expressions: .NET's meaning where PCRE2 shares it, and limits that hold.

import Testing

@testable import Expressions

struct RegularExpressionTests {
    private let long = String(repeating: "a", count: 10_000)

    /// Patterns that go back very often, or cross the whole text at each step.
    @Test(arguments: [
        "(a+)+[bc]", "(?:a?){50}a{50}$|b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?R)?a",
        "(?:a|aa)*?[^b]*+[bc]", "a*[bc]",
        "(?:(?:[^b]*+[bc]|[^b]*+[bd]|[^b]*+[be]|[^b]*+[bf]|[^b]*+[bg]|a){9}[xy])",
    ])
    func endsInsteadOfRunningAway(_ pattern: String) throws {
        let expression = try RegularExpression(pattern)
        var budget = RegularExpression.Budget()
        let error = #expect(throws: RegularExpression.Failure.self) {
            try expression.replacing(in: long, with: "-", budget: &budget)
        }
        #expect(error == .matchingTooCostly)
    }

    @Test func allMatchingsShareTheBudget() throws {
        let expression = try RegularExpression("(a+)+[bd]")
        var budget = RegularExpression.Budget()
        let text = String(repeating: "a", count: 24) + "c"
        var count = 0
        while count < 10_000, (try? expression.isMatch(text, budget: &budget)) != nil { count += 1 }
        #expect(count < 10_000)
    }

    @Test(arguments: [".", "\\w", "a|b", "(?<n>a)", "x*"])
    func replacesEachCharacterOfTheLongestText(_ pattern: String) throws {
        var budget = RegularExpression.Budget()
        let expression = try RegularExpression(pattern)
        #expect(throws: Never.self) {
            try expression.replacing(in: long, with: "$&", budget: &budget)
        }
    }

    @Test func limitsPatternsAndTexts() throws {
        #expect(throws: RegularExpression.Failure.patternTooLong(limitBytes: 5_000)) {
            try RegularExpression(String(repeating: "a", count: 5_001))
        }
        #expect(throws: Never.self) { try RegularExpression(String(repeating: "a", count: 5_000)) }
        let expression = try RegularExpression("a")
        var budget = RegularExpression.Budget()
        #expect(throws: RegularExpression.Failure.subjectTooLong(limitBytes: 10_000)) {
            try expression.isMatch(long + "a", budget: &budget)
        }
    }

    @Test(arguments: [
        "(", "[a", "a{2,1}", "(?<n>", "\\", "(?<=a+)b", "(?<1>a)", "[a-z-[aeiou]", "(*ACCEPT)",
        "\\p{IsGreek}", "((a{1,9999}){1,9999}){1,9999}", "\\C",
    ])
    func refusesWhatItCannotCompile(_ pattern: String) {
        #expect(throws: RegularExpression.Failure.self) { try RegularExpression(pattern) }
    }

    @Test(arguments: [
        ("[a-z-[aeiou]]+", "brave", "-a-e"), ("[^a-c-[x-z]]", "axd", "ax-"),
        ("[a-z-[d-w-[m]]]", "admwz", "-d-w-"), ("[[:alpha:]]", "a]:]z", "--z"),
        ("[]a]+", "a]b", "-b"), ("[^]a]", "a]b", "a]-"), ("[\\]-]", "a]-", "a--"),
        ("[a-]", "a-b", "--b"), ("\\[a", "[a", "-"),
    ])
    func readsClassesAsDotNetDoes(_ pattern: String, text: String, result: String) throws {
        var budget = RegularExpression.Budget()
        let expression = try RegularExpression(pattern)
        #expect(try expression.replacing(in: text, with: "-", budget: &budget) == result)
    }

    @Test func refusesGroupsTooDeep() {
        let pattern = String(repeating: "(", count: 101) + String(repeating: ")", count: 101)
        #expect(throws: RegularExpression.Failure.self) { try RegularExpression(pattern) }
    }

    @Test(arguments: [
        ("a(?<n>b)?", "n", "xab", "b"), ("a(?<n>b)?", "n", "xa", nil),
        ("(?:(?<n>a)|(?<n>b))c", "n", "bc", "b"), ("(?<n>)x", "n", "x", ""),
        ("(?<n>a)", "n", "b", nil),
    ])
    func findsTheValueOfAGroup(
        _ pattern: String, group: String, text: String, value: String?
    ) throws {
        var budget = RegularExpression.Budget()
        let expression = try RegularExpression(pattern)
        #expect(try expression.firstValue(ofGroup: group, in: text, budget: &budget) == value)
    }

    @Test(arguments: [
        ("(a)(?<x>b)(c)(?<y>d)", "abcd", "$1$2$3$4$5", "acbd$5"),
        ("(?<x>a)(b)", "ab", "${x}-${1}-${2}-${3}", "a-b-a-${3}"),
        ("(a)", "a", "$10", "$10"), ("(a)", "a", "${1}0", "a0"), ("a", "a", "$", "$"),
        ("a", "a", "${", "${"), ("a", "a", "${a", "${a"), ("a", "a", "$x", "$x"),
        ("(a)(b)?", "a", "[$+]", "[]"),
        ("a", "a", "$99999999999999999999", "$99999999999999999999"),
        ("(?=.*(?<n>c))a", "abc", "$n${n}", "$ncbc"),
    ])
    func readsReplacementsAsDotNetDoes(
        _ pattern: String, text: String, replacement: String, result: String
    ) throws {
        var budget = RegularExpression.Budget()
        let expression = try RegularExpression(pattern)
        #expect(
            try expression.replacing(in: text, with: replacement, budget: &budget) == result)
    }

    @Test func matchesOfOneExpressionMayRunSideBySide() async throws {
        let expression = try RegularExpression("(?<word>\\w+) (?<other>\\w+)")
        let results = await withTaskGroup(of: String?.self) { group in
            for number in 0..<100 {
                group.addTask {
                    var budget = RegularExpression.Budget()
                    return try? expression.replacing(
                        in: "first\(number) second", with: "${other} ${word}", budget: &budget)
                }
            }
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(results == Set((0..<100).map { "second first\($0)" }))
    }
}
