// Rule 24: a C library has one Swift target above it, and few files that see it.

extension Rule {
    /// Each C module and the files that import it.
    private static let importers: [String: [String]] = [
        "CAssets": ["Sources/Emulator/Assets.swift"],
        "CCurl": ["Sources/HTTP/HTTPClient.swift"],
        "CGnuTLS": [
            "Sources/Crypto/Certificate+Making.swift", "Sources/Crypto/Certificate.swift",
            "Sources/Crypto/Digest.swift", "Sources/Crypto/GnuTLS.swift",
            "Sources/Crypto/PrivateKey.swift", "Sources/Crypto/PublicKey.swift",
        ],
        // To be linked is all that it is for.
        "CJemalloc": [],
        "CMicroHTTPD": ["Sources/HTTP/BodySource.swift", "Sources/HTTP/MicroHTTPD.swift"],
        "CPCRE2": ["Sources/Expressions/Text/RegularExpression.swift"],
        "CSQLite": ["Sources/Storage/Connection.swift", "Sources/Storage/Statement.swift"],
    ]

    static let cModules = Rule(
        number: "24", summary: "each C module is imported by the one file that is named for it",
        findings: { tree in
            let swiftTargets = Set(tree.sources.compactMap(\.target))
            let unlisted = tree.targets.filter {
                !swiftTargets.contains($0) && importers[$0] == nil
            }
            var missing = Set(
                importers.filter { tree.targets.contains($0.key) }
                    .flatMap { module, paths in paths.map { "\($0) \(module)" } })
            var findings = unlisted.map {
                Finding(path: "Sources/\($0)", line: 1, text: "no file is named for this C module")
            }
            for file in tree.sources {
                for (module, line) in file.swift.imports where isC(module, in: tree) {
                    missing.remove("\(file.path) \(module)")
                    guard importers[module]?.contains(file.path) != true else { continue }
                    findings.append(
                        Finding(
                            path: file.path, line: line,
                            text: "'\(module)' is imported by \(importers[module] ?? []) only"))
                }
            }
            return findings
                + missing.sorted().map {
                    Finding(path: "Tests/TidyTests", line: 1, text: "'\($0)' is named in vain")
                }
        })

    private static func isC(_ module: String, in tree: SourceTree) -> Bool {
        importers[module] != nil
            || tree.targets.contains(module) && !tree.sources.contains { $0.target == module }
    }
}
