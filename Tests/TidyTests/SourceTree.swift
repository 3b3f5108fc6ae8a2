// The repository as the rules see it.

import Foundation

/// A Swift file with its text taken apart.
struct SourceFile: Sendable {
    /// The path from the top: `Sources/Model/Limits.swift`.
    let path: String
    let lines: [String]
    let swift: SwiftText

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        swift = SwiftText(text)
    }

    /// The number of lines; what follows the last line's end is none.
    var lineCount: Int { lines.last == "" ? lines.count - 1 : lines.count }

    /// The folders of the path, and the file's name.
    var parts: [String] { path.split(separator: "/").map(String.init) }

    /// The target that the file belongs to; nil at the top level.
    var target: String? { parts.count > 2 ? parts[1] : nil }

    /// The file's name without its ending.
    var baseName: String { String((parts.last ?? "").dropLast(".swift".count)) }

    var isInSources: Bool { path.hasPrefix("Sources/") }
    var isInTests: Bool { path.hasPrefix("Tests/") }
}

/// Everything that the rules look at.
struct SourceTree: Sendable {
    /// Files and folders at the top.
    var topLevel: [String] = []
    /// The patterns of .gitignore.
    var ignored: [String] = []
    /// The lines of README.md; nil when there is none.
    var readme: [String]?
    /// All Swift files, by path.
    var files: [SourceFile] = []
    /// The folders of Sources: the targets, those in C too.
    var targets: [String] = []

    var sources: [SourceFile] { files.filter(\.isInSources) }
    var tests: [SourceFile] { files.filter(\.isInTests) }

    /// A made-up tree.
    init(_ files: [String: String] = [:], readme: [String]? = nil, topLevel: [String] = []) {
        self.files = files.sorted { $0.key < $1.key }
            .map { SourceFile(path: $0.key, text: $0.value) }
        self.readme = readme
        self.topLevel = topLevel
        targets = Set(sources.compactMap(\.target)).sorted()
    }

    /// The repository's top folder.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The tree on disk.
    init(at root: URL) throws {
        let manager = FileManager.default
        func text(_ path: String) throws -> String {
            String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
        }
        topLevel = try manager.contentsOfDirectory(atPath: root.path).sorted()
        ignored = try text(".gitignore").split(separator: "\n").map(String.init)
        if topLevel.contains("README.md") {
            readme = try text("README.md").split(separator: "\n").map(String.init)
        }
        targets = try manager.contentsOfDirectory(atPath: root.appending(path: "Sources").path)
            .sorted()
        var paths = ["Package.swift"]
        for folder in ["Sources", "Tests"] {
            let found = try manager.subpathsOfDirectory(
                atPath: root.appending(path: folder).path)
            paths += found.filter { $0.hasSuffix(".swift") }.sorted().map { folder + "/" + $0 }
        }
        files = try paths.map { SourceFile(path: $0, text: try text($0)) }
    }
}
