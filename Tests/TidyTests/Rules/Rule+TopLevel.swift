// Rule 1: nothing lies at the top level but what belongs there.

import Glibc

extension Rule {
    /// What belongs there, and the dotfiles that may.
    private static let expected: Set<String> = [
        "Package.swift", "Sources", "Tests", "Fixtures", "docker", "docs", "examples", "Benchmarks",
        "README.md",
        "Makefile", "LICENSE", "CONTRIBUTING.md", ".ci", ".swift-format", ".gitignore",
    ]
    private static let tolerated: Set<String> = [".git"]

    static let topLevel = Rule(
        number: "1", summary: "the top level is fixed",
        findings: { tree in
            let surplus = tree.topLevel.filter { name in
                !expected.contains(name) && !tolerated.contains(name)
                    && !tree.ignored.contains { isIgnored(name, by: $0) }
            }
            let missing = expected.subtracting(tree.topLevel).sorted()
            return surplus.map { Finding(path: $0, line: 1, text: "does not belong here") }
                + missing.map { Finding(path: $0, line: 1, text: "is missing") }
        })

    private static func isIgnored(_ name: String, by pattern: String) -> Bool {
        let bare = pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
        return fnmatch(bare, name, 0) == 0
    }
}
