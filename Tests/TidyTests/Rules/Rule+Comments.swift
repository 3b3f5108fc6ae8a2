// Rule 31: comments are sentences, neither notes to oneself nor code.

extension Rule {
    private static let notes = ["TODO", "FIXME", "XXX", "HACK"]

    static let comments = Rule(
        number: "31", summary: "no notes to oneself, no commented-out code",
        findings: { tree in
            tree.files.flatMap { file -> [Finding] in
                // The purpose of a function's file is the function's signature.
                let opening = file.lines.prefix { $0.hasPrefix("//") }.count
                return file.swift.comments.compactMap { comment in
                    fault(of: comment, isPurpose: comment.line <= opening).map {
                        Finding(path: file.path, line: comment.line, text: $0)
                    }
                }
            }
        })

    private static func fault(of comment: SwiftText.Comment, isPurpose: Bool) -> String? {
        let words = comment.text.split { !$0.isLetter }.map(String.init)
        if let note = notes.first(where: { words.contains($0) }) { return "a \(note)" }
        guard !comment.isDocumentation, !isPurpose else { return nil }
        return looksLikeCode(comment.text) ? "commented-out code" : nil
    }

    /// Whether a line reads as a statement; a heuristic, kept to what no sentence looks like.
    private static func looksLikeCode(_ text: String) -> Bool {
        let words = text.split(separator: " ").map(String.init)
        guard let first = words.first, let last = text.last, last != "." else { return false }
        if "{};".contains(last) { return true }
        switch first {
        case "let", "var": return words.contains("=") || words.dropFirst().first?.last == ":"
        case "import": return words.count == 2
        case "return": return words.count == 2 || text.contains("(")
        case "func", "init", "try", "await": return text.contains("(")
        default: break
        }
        let isName = first.allSatisfy { $0.isLetter || $0.isNumber || "._[]".contains($0) }
        if isName, words.count > 2, ["=", "+=", "-="].contains(words[1]) { return true }
        let isCall = first.contains("(") && last == ")" && (first.first?.isLetter ?? false)
        return isCall && first.prefix { $0 != "(" }.allSatisfy { $0.isLetter || $0 == "." }
    }
}
