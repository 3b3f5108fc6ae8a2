// The tables of the README that are drawn from the sources.

import Foundation
import Graph
import Support

/// What stands between `<!-- name: … -->` and `<!-- end -->` in the README, and what should.
enum ReadmeTables {
    static let names = ["coverage", "differences", "choices"]

    /// The table as the sources say it.
    static func expected(_ name: String) throws -> String {
        switch name {
        case "coverage": CoverageTable.compactMarkdown(of: Routes.all)
        case "differences":
            try "| Part | Differs from Entra |\n|--|--|\n" + rows(of: "Differs from Entra:")
        default: try "| Part | Unverified |\n|--|--|\n" + rows(of: "Unverified:")
        }
    }

    /// A row for each target, with all sentences in its sources.
    private static func rows(of mark: String) throws -> String {
        let sources = Fixture.repository.appending(path: "Sources")
        var sentences: [(folder: String, texts: [String])] = []
        let files =
            FileManager.default.enumerator(atPath: sources.path)?
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted() ?? []
        for file in files {
            let text = try String(
                contentsOf: sources.appending(path: file), encoding: .utf8)
            let found = Self.sentences(after: mark, in: text)
            guard !found.isEmpty else { continue }
            let folder = String(file.prefix { $0 != "/" })
            if let index = sentences.firstIndex(where: { $0.folder == folder }) {
                sentences[index].texts += found
            } else {
                sentences.append((folder, found))
            }
        }
        return sentences.map { folder, texts in
            let cell = texts.map { $0.replacing("|", with: "\\|") }.joined(separator: "; ")
            return "| `\(folder)` | \(cell) |"
        }.joined(separator: "\n")
    }

    /// What follows the mark in comments, to the end of the paragraph, without its full stop.
    static func sentences(after mark: String, in text: String) -> [String] {
        var sentences: [String] = []
        var open: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let plain = line.drop { $0 == " " }
            let comment = plain.hasPrefix("//") ? plain.drop { $0 == "/" } : nil
            let words = comment.map { $0.drop { $0 == " " } } ?? ""
            if words.hasPrefix(mark) {
                if let open { sentences.append(open) }
                open = String(words.dropFirst(mark.count).drop { $0 == " " })
            } else if let sentence = open {
                if words.isEmpty || words.hasPrefix("- ") || words.contains("Differs from Entra:")
                    || words.contains("Unverified:")
                {
                    sentences.append(sentence)
                    open = nil
                } else {
                    open = sentence + " " + words
                }
            }
        }
        if let open { sentences.append(open) }
        return sentences.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
    }

    /// The README with a table in its place; nil when it has no such place.
    static func place(_ table: String, _ name: String, in readme: String) -> String? {
        guard let start = readme.range(of: "<!-- \(name): "),
            let head = readme.range(of: "-->\n", range: start.upperBound..<readme.endIndex),
            let end = readme.range(of: "<!-- end -->", range: head.upperBound..<readme.endIndex)
        else { return nil }
        return readme[..<head.upperBound] + "\n" + table + "\n\n" + readme[end.lowerBound...]
    }
}
