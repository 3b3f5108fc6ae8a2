// Each rule finds what breaks it, and nothing else.

import Testing

struct RuleTests {
    /// A file that breaks a rule on these lines, or on none.
    struct Sample: Sendable, CustomTestStringConvertible {
        let rule: Rule
        var path = "Sources/Model/A.swift"
        let text: String
        let lines: [Int]

        var testDescription: String { "\(rule.number) \(path) \(text.prefix(60))" }
    }

    private static func body(lines: Int) -> String {
        "func a(b: () -> Void = {}) {\n" + String(repeating: "b()\n", count: lines - 2) + "}"
    }

    private static let names: [Sample] = [
        Sample(rule: .targetNames, text: "struct Model {}", lines: [1]),
        Sample(rule: .targetNames, text: "enum A {\n    class Model {}\n}", lines: [2]),
        Sample(rule: .targetNames, text: "struct Models { let model: Model }", lines: []),
        Sample(rule: .targetNames, path: "Tests/B/A.swift", text: "actor B {}", lines: [1]),
        Sample(rule: .fileNames, text: "struct A {}", lines: []),
        Sample(rule: .fileNames, text: "struct B {}", lines: [1]),
        Sample(rule: .fileNames, text: "extension A {}", lines: [1]),
        Sample(rule: .fileNames, text: "let text = \"struct A\"", lines: [1]),
        Sample(rule: .fileNames, text: "extension B { static let a = 1 }", lines: []),
        Sample(rule: .fileNames, text: "extension B { static let `a` = 1 }", lines: []),
        Sample(rule: .fileNames, text: "extension B { static let c = 1 }", lines: [1]),
        Sample(
            rule: .fileNames, path: "Sources/M/Limits.swift", text: "struct MLimits {}", lines: []),
        Sample(rule: .fileNames, path: "Sources/M/Limits.swift", text: "enum L {}", lines: [1]),
        Sample(rule: .fileNames, path: "Sources/M/A+B.swift", text: "extension A {}", lines: []),
        Sample(rule: .fileNames, path: "Sources/M/A+B.swift", text: "struct B {}", lines: [1]),
        Sample(rule: .fileNames, path: "Sources/M/A+.swift", text: "struct A {}", lines: [1]),
        Sample(rule: .fileNames, path: "Sources/M/A+B+C.swift", text: "enum A {}", lines: [1]),
        Sample(rule: .fileNames, path: "Sources/M/Utils.swift", text: "enum Utils {}", lines: [1]),
        Sample(rule: .fileNames, path: "Tests/M/Types.swift", text: "enum Types {}", lines: [1]),
        Sample(
            rule: .fileNames, path: "Sources/Model/JSON/JSONWriter.swift",
            text: "enum JSONWriter {}", lines: [1]),
        Sample(rule: .fileNames, path: "Package.swift", text: "let package = 1", lines: []),
    ]

    private static let lengths: [Sample] = [
        Sample(rule: .fileLength, text: String(repeating: "\n", count: 400), lines: []),
        Sample(rule: .fileLength, text: String(repeating: "\n", count: 401), lines: [401]),
        Sample(
            rule: .fileLength, path: "Tests/A/B.swift",
            text: String(repeating: "\n", count: 600), lines: []),
        Sample(
            rule: .fileLength, path: "Tests/A/B.swift",
            text: String(repeating: "\n", count: 601), lines: [601]),
        Sample(rule: .functionLength, text: body(lines: 70), lines: []),
        Sample(rule: .functionLength, text: "\n" + body(lines: 71), lines: [2]),
        Sample(
            rule: .functionLength, path: "Tests/A/B.swift",
            text: "struct A {\n" + body(lines: 80) + "\n" + body(lines: 5) + "\n}", lines: [2]),
        Sample(
            rule: .functionLength,
            text: "struct A {" + String(repeating: "\nlet a = B.init(c: 1)", count: 80) + "\n}",
            lines: []),
        Sample(
            rule: .functionLength,
            text: "struct A {\n    init(a: Int) {" + String(repeating: "\n", count: 70) + "}\n}",
            lines: [2]),
    ]

    private static let state: [Sample] = [
        Sample(rule: .structuredTasks, text: "a()\nTask { b() }", lines: [2]),
        Sample(rule: .structuredTasks, text: "Task<Void, Never> { b() }", lines: [1]),
        Sample(rule: .structuredTasks, text: "Task(priority: .low) { b() }", lines: [1]),
        Sample(rule: .structuredTasks, text: "Task.detached { b() }", lines: [1]),
        Sample(
            rule: .structuredTasks,
            text: "let task: Task<Void, Never>\nif Task.isCancelled {}\n// Task { }\n\"Task {\"",
            lines: []),
        Sample(
            rule: .structuredTasks, path: "Tests/A/B.swift", text: "Task { b() }", lines: []),
        Sample(rule: .sharedState, text: "class A: @unchecked Sendable {}", lines: [1]),
        Sample(
            rule: .sharedState, text: "/// A handle.\nclass A: @unchecked Sendable {}",
            lines: [2]),
        Sample(
            rule: .sharedState,
            text: "/// `@unchecked Sendable`: behind the lock.\nclass A: @unchecked Sendable {}",
            lines: []),
        Sample(
            rule: .sharedState,
            text: "class A: @unchecked Sendable {\n    // Guarded by: the lock,\n    // always.\n}",
            lines: []),
        Sample(
            rule: .sharedState,
            text: "/// Threads may share it.\nclass A: @unchecked Sendable {}", lines: []),
        Sample(
            rule: .sharedState,
            text: "/// Guarded by: the lock.\n\nclass A: @unchecked Sendable {}", lines: [3]),
        Sample(rule: .sharedState, text: "nonisolated(unsafe) let a = 1", lines: [1]),
        Sample(
            rule: .sharedState, text: "var a = 1\nlet b = 2\nprivate var c: Int", lines: [1, 3]),
        Sample(rule: .sharedState, text: "struct A {\n    static var a = B { 1 }\n}", lines: [2]),
        Sample(
            rule: .sharedState,
            text: "var a: Int { 1 }\nstruct A {\n    var b = 1\n    static var c: Int { 2 }\n}",
            lines: []),
        Sample(rule: .sharedState, text: "func a() {\n    var b = 1\n}", lines: []),
    ]

    private static let time: [Sample] = [
        Sample(
            rule: .timeAndRandomness,
            text: """
                let a = Date()
                let b = Date.now
                let c = ContinuousClock().now
                let d = UUID()
                let e = Int.random(in: 0..<1)
                sleep(1)
                try await Task.sleep(for: .seconds(1))
                """, lines: [1, 2, 3, 4, 5, 6, 7]),
        Sample(
            rule: .timeAndRandomness,
            text: "let a = clock.now\nreturn .now(b)\nlet c = Date(d)\nlet random = 1\n// UUID()",
            lines: []),
        Sample(
            rule: .timeAndRandomness, path: "Sources/VirtualTime/A.swift",
            text: "let a = UInt64.random(in: 0..<1)", lines: []),
        Sample(
            rule: .noSleep, path: "Tests/A/B.swift",
            text: "usleep(1)\nlet sleep = 1\ntry await Task.sleep(for: a)", lines: [1, 3]),
        Sample(rule: .noSleep, text: "sleep(1)", lines: []),
    ]

    private static let imports: [Sample] = [
        Sample(rule: .moduleMap, text: "import Glibc", lines: [1]),
        Sample(rule: .moduleMap, text: "let a = 1", lines: []),
        Sample(
            rule: .moduleMap, path: "Sources/Storage/A.swift",
            text: "// A.\nimport CSQLite\npublic import Model\nimport Foundation\nimport HTTP",
            lines: [4, 5]),
        Sample(
            rule: .moduleMap, path: "Sources/Graph/A.swift",
            text: "import Control\nimport Synchronization", lines: [1]),
        Sample(rule: .moduleMap, path: "Sources/New/A.swift", text: "let a = 1", lines: [1]),
        Sample(
            rule: .cModules, path: "Sources/Storage/Database.swift", text: "\nimport CSQLite",
            lines: [2]),
        Sample(
            rule: .cModules, path: "Sources/Storage/Connection.swift", text: "import CSQLite",
            lines: []),
        Sample(
            rule: .cModules, path: "Sources/Storage/Connection.swift", text: "import CCurl",
            lines: [1]),
    ]

    private static let words: [Sample] = [
        Sample(rule: .purpose, text: "// What it is for.\n\nlet a = 1", lines: []),
        Sample(rule: .purpose, text: "// What it is for,\n// and more.\n", lines: []),
        Sample(rule: .purpose, text: "let a = 1", lines: [1]),
        Sample(rule: .purpose, text: "", lines: [1]),
        Sample(rule: .purpose, text: "\n// What it is for.", lines: [1]),
        Sample(rule: .purpose, text: "/// What it is for.", lines: [1]),
        Sample(rule: .purpose, text: "//\n//  A.swift\n//\n", lines: [1]),
        Sample(rule: .purpose, text: "// &\n\nlet a = 1", lines: []),
        Sample(rule: .purpose, text: "//  A.swift\n//  Project\n", lines: [1]),
        Sample(rule: .purpose, text: "//", lines: [1]),
        Sample(
            rule: .purpose, path: "Package.swift",
            text: "// swift-tools-version: 6.2\n// The package.\n", lines: []),
        Sample(
            rule: .purpose, path: "Package.swift",
            text: "// swift-tools-version: 6.2\nimport B", lines: [2]),
        Sample(
            rule: .comments, text: "// \("TODO"): more.\n/// \("FIXME")\nlet a = 1 // \("XXX")",
            lines: [1, 2, 3]),
        Sample(rule: .comments, text: "let a = \"\("TODO")\" // todo lists are fine", lines: []),
        Sample(
            rule: .comments,
            text: """
                // A(b)

                // let a = 1
                // if a {
                // }
                // return a
                // a.b = c + d
                // try a(b)
                // print(a, b)
                // import Foundation
                a(); // b();
                """, lines: [3, 4, 5, 6, 7, 8, 9, 10, 11]),
        Sample(
            rule: .comments,
            text: """
                // What it is for.

                // Returns at once (see below)
                // let it be said that a equals b,
                // if nothing else is there.
                /// `{"a": 1}`
                // MARK: - Rows
                // Years of 400, 100, 4 and 1 in days; the last = the longest.
                // SQLITE_CONSTRAINT_PRIMARYKEY
                """, lines: []),
    ]

    @Test(arguments: names + lengths + state + time + imports + words)
    func findsTheLines(sample: Sample) {
        let findings = sample.rule.findings(SourceTree([sample.path: sample.text]))
        let here = findings.filter { $0.path == sample.path }
        #expect(here.map(\.line).sorted() == sample.lines, "\(findings)")
    }

    /// A rule that never finds anything is no rule.
    @Test(arguments: Rules.all)
    func everyRuleCanBeBroken(rule: Rule) {
        let samples =
            RuleTests.names + RuleTests.lengths + RuleTests.state + RuleTests.time
            + RuleTests.imports + RuleTests.words
        let isBroken = samples.contains {
            $0.rule.testDescription == rule.testDescription && !$0.lines.isEmpty
        }
        // These two look at more than one file, and have tests of their own below.
        let isTestedBelow = ["1", "30"].contains(rule.number)
        #expect(isBroken || isTestedBelow)
    }

    // MARK: Rules that look at the whole tree

    private static let topLevel = [
        ".ci", ".gitignore", ".swift-format", "Benchmarks", "CONTRIBUTING.md", "Fixtures",
        "LICENSE", "Makefile", "Package.swift", "README.md", "Sources", "Tests", "docker",
        "docs", "examples",
    ]

    @Test func theTopLevelIsExactlyWhatIsListed() {
        func paths(_ names: [String]) -> [String] {
            var tree = SourceTree(topLevel: names)
            tree.ignored = [".build/", ".build-*/", "*.swp"]
            return Rule.topLevel.findings(tree).map(\.path)
        }
        let complete = RuleTests.topLevel
        #expect(paths(complete) == [])
        #expect(paths(complete + [".git", ".build", ".build-tsan", "a.swp"]) == [])
        #expect(
            paths(complete + ["notes.txt", ".env", "build"]) == ["notes.txt", ".env", "build"])
        #expect(paths(complete.filter { $0 != "LICENSE" }) == ["LICENSE"])
    }

    @Test func aCModuleIsNamedAndImportedAsNamed() {
        var tree = SourceTree([
            "Sources/Storage/Connection.swift": "import CSQLite",
            "Sources/Storage/Statement.swift": "import CSQLite",
        ])
        tree.targets += ["CSQLite", "CNew"]
        #expect(Rule.cModules.findings(tree).map(\.path) == ["Sources/CNew"])
        tree.targets = ["CSQLite", "CCurl", "Storage"]
        #expect(
            Rule.cModules.findings(tree).map(\.text) == [
                "'Sources/HTTP/HTTPClient.swift CCurl' is named in vain"
            ])
    }

    private static let differences: [(text: String, readme: [String]?, count: Int)] = [
        ("/// Differs from Entra: a cycle takes no time.", ["| A cycle takes no time. | x |"], 0),
        ("// Differs from Entra: a cycle takes no time.", ["a cycle takes no time"], 0),
        ("/// Differs from Entra: a cycle takes no time.", ["a cycle takes", "no time"], 1),
        ("/// Differs from Entra: a cycle takes no time.", [], 1),
        ("/// Differs from Entra: a cycle takes no time.", nil, 1),
        (
            "/// Differs from Entra: a cycle\n/// takes no time. Nor does a start.",
            ["- A cycle takes no time."], 0
        ),
        (
            "/// Differs from Entra: a cycle\n/// takes no time. Nor does a start.",
            ["- A cycle"], 1
        ),
        ("/// Differs from Entra: a\n///\n/// - Throws: b", ["a"], 0),
        ("/// Differs from Entra: a\n/// - Throws: b", ["a"], 0),
        ("/// Differs from Entra: a.\n/// Differs from Entra: b.", ["a b"], 0),
        ("/// Differs from Entra: a.\n/// Differs from Entra: bc.", ["a b"], 1),
        ("/// Differs from Entra: a b\nlet c = 1\n// d.", ["a b"], 0),
        ("/// Differs from Entra:", ["a"], 1),
        ("let a = \"Differs from Entra: a.\"", [], 0),
    ]

    @Test(arguments: differences)
    func theReadmeListsEveryDifference(text: String, readme: [String]?, count: Int) {
        let tree = SourceTree(["Sources/Model/A.swift": text], readme: readme)
        #expect(Rule.differences.findings(tree).count == count)
    }
}
