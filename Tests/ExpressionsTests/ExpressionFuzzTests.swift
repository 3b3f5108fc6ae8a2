// Seeded random runs over mutated expressions: no crash, no hang, no error out of place.
//
// `EXPRESSION_FUZZ_COUNT=1000000 swift test --filter ExpressionFuzzTests` runs longer.

import FoundationEssentials
import Testing

@testable import Expressions

struct ExpressionFuzzTests {
    private static let count: Int =
        ProcessInfo.processInfo.environment["EXPRESSION_FUZZ_COUNT"].flatMap { Int($0) } ?? 20_000

    @Test(arguments: [UInt64(11), 12])
    func survivesMutatedTexts(seed: UInt64) throws {
        var mutator = Mutator(
            seed: seed,
            texts: ExpressionVector.load("expression-vectors.json").map(\.expression)
                + ExpressionVector.load("edge-vectors.json").map(\.expression))
        var evaluated = 0
        for round in 0..<Self.count / 2 {
            let text = mutator.next()
            var context = mutator.context()
            do throws(ExpressionError) {
                let expression = try MappingExpression(parsing: text)
                let printed = expression.description
                let again = try MappingExpression(parsing: printed)
                #expect(again.tree == expression.tree, "seed \(seed), round \(round): \(text)")
                evaluated += 1
                _ = try expression.explain(in: &context)
            } catch {
                let isInside = error.range.upperBound <= text.utf8.count
                #expect(isInside, "seed \(seed), round \(round): \(error) in \(text)")
                #expect(!error.caret(in: text).isEmpty)
            }
        }
        #expect(evaluated > Self.count / 100, "seed \(seed): most mutations should still parse")
    }
}

extension ExpressionFuzzTests {
    @Test(arguments: [UInt64(21), 22])
    func survivesRandomPatterns(seed: UInt64) {
        var random = SeededRandomSource(seed: seed)
        let pieces = [
            "(", ")", "(?:", "(?<n>", "(?=", "(?<!", "(?R)", "(?1)", "\\k<n>", "[", "]", "[^", "-[",
            "-",
            "*", "+", "?", "{2,}", "{0,99}", "|", "^", "$", ".", "\\w", "\\b", "\\p{L}", "\\",
            "\\K",
            "\\G", "\\X", "a", "b", "é", "😀", "(?i)", "(?x)", "#", " ", "(?C1)", "\\u00e9",
        ]
        let subjects = ["", "aab", "éa😀b", String(repeating: "ab", count: 40)]
        var limits = RegularExpression.Limits()
        limits.steps = 20_000
        var compiled = 0
        for _ in 0..<Self.count / 2 {
            let pattern = (0..<random.next(below: 12)).map { _ in
                pieces[random.next(below: pieces.count)]
            }.joined()
            guard let expression = try? RegularExpression(pattern, limits: limits) else { continue }
            compiled += 1
            for subject in subjects {
                var budget = RegularExpression.Budget(limits)
                let replaced = try? expression.replacing(
                    in: subject, with: "<$1${n}$&$`$'>", limitBytes: 100_000, budget: &budget)
                #expect((replaced?.utf8.count ?? 0) <= 100_000, "seed \(seed): \(pattern)")
            }
        }
        #expect(compiled > Self.count / 50, "seed \(seed): many patterns should compile")
    }

    @Test(arguments: [UInt64(31), 32])
    func survivesRandomDates(seed: UInt64) {
        var random = SeededRandomSource(seed: seed)
        let letters = Array("yMdHhmsfFtgzKZ:/-. '\"\\%,T0919PA+é".unicodeScalars)
        let now = DateTime(parsing: "2024-02-29")
        for _ in 0..<Self.count / 2 {
            let make = { (random: inout SeededRandomSource) in
                var text = String.UnicodeScalarView()
                for _ in 0..<random.next(below: 20) {
                    let letter = letters[random.next(below: letters.count)]
                    for _ in 0...random.next(below: 3) { text.append(letter) }
                }
                return String(text)
            }
            let (format, text) = (make(&random), make(&random))
            let date = DateTime(
                ticks: Int64(random.nextWord() % UInt64(3_652_059 * DateTime.ticksPerDay)))
            _ = DateTime(parsing: text, now: now)
            guard let date, let parsed = DateTimeFormat(format) else { continue }
            let printed = parsed.string(from: date)
            _ = parsed.date(from: printed, styles: .standard, now: now)
            _ = parsed.date(from: text, styles: [.allowInnerWhite], now: now)
            let whole = date.wholeSeconds
            #expect(DateTime(parsing: whole.description) == whole, "seed \(seed)")
        }
    }
}

/// Makes new texts out of known ones, and objects to evaluate them for.
private struct Mutator {
    private var random: SeededRandomSource
    private let texts: [String]
    private let values: [ExpressionValue] = [
        .null, "", "x", "True", "2024-02-29", "99999999999999999999", "-1", "😀e\u{301}ß",
        ["a", "", "b"], true, 9_223_372_036_854_775_807, -9_223_372_036_854_775_808,
        .one(.date(DateTime(parsing: "9999-12-31T23:59:59Z") ?? .distantPast)),
        .text(String(repeating: "a", count: 300)),
    ]
    private let pieces = [
        "\"", "\\", "(", ")", "[", "]", ",", "=", "<>", ">=", "&H", "-", "0", "9223372036854775807",
        "-9223372036854775808", "99999999999999999999", "\"\"", "[a]", "Now()", "vbTextCompare",
        "\u{0}", "é", "😀", "\u{301}", "\r\n", "%", "$", "(?<n>", "*", "+", "{9999}", "yyyy", "ffff",
        "1.5", "AND", "\"(a+)+$\"", "\"[a-z-[b]]\"", "\"d\"", "\"ww\"", " ",
    ]

    init(seed: UInt64, texts: [String]) {
        random = SeededRandomSource(seed: seed)
        self.texts = texts
    }

    mutating func next() -> String {
        var scalars = Array(texts[random.next(below: texts.count)].unicodeScalars)
        for _ in 0...random.next(below: 3) { mutate(&scalars) }
        return String(String.UnicodeScalarView(scalars))
    }

    private mutating func mutate(_ scalars: inout [Unicode.Scalar]) {
        let start = random.next(below: scalars.count + 1)
        let length = min(random.next(below: 8), scalars.count - start)
        let piece = Array(pieces[random.next(below: pieces.count)].unicodeScalars)
        switch random.next(below: 6) {
        case 0: scalars.removeSubrange(start..<start + length)
        case 1: scalars.insert(contentsOf: piece, at: start)
        case 2: scalars.replaceSubrange(start..<start + length, with: piece)
        case 3: scalars.insert(contentsOf: scalars[start..<start + length], at: start)
        case 4:
            let other = Array(texts[random.next(below: texts.count)].unicodeScalars)
            scalars.replaceSubrange(start..<start + length, with: other)
        default: scalars.removeSubrange(start...)
        }
    }

    mutating func context() -> EvaluationContext {
        let offset = random.next(below: values.count)
        let values = values
        return EvaluationContext(
            attribute: { values[($0.utf8.count + offset) % values.count] },
            now: DateTime(parsing: "2024-02-29T12:00:00Z"), random: random,
            defaultDomain: "contoso.com", isTaken: { $0.utf8.count < 3 })
    }
}

extension DateTime {
    fileprivate static var distantPast: DateTime { DateTime(parsing: "0001-01-01") ?? .distantPast }
}
