// Rule 28: every file opens with its purpose.

extension Rule {
    static let purpose = Rule(
        number: "28", summary: "a file opens with a comment that says what it is for",
        findings: { tree in
            tree.files.compactMap { file in
                // The package manager wants its version first.
                let isManifest = file.lines.first?.hasPrefix("// swift-tools-version") ?? false
                let first = isManifest ? 2 : 1
                let opening = file.lines.dropFirst(first - 1).first ?? ""
                let words = opening.dropFirst("//".count).drop { $0 == " " }
                let isHeader = words == (file.parts.last ?? "")
                guard !opening.hasPrefix("// ") || words.isEmpty || isHeader else { return nil }
                return Finding(
                    path: file.path, line: first,
                    text: "the file does not open with a '//' line on its purpose")
            }
        })
}
