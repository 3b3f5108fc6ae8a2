// Rule 30: the README's table of differences is drawn from the lines at the code that differs.

extension Rule {
    private static let marker = "Differs from Entra:"

    static let differences = Rule(
        number: "30", summary: "README.md lists every difference that Sources state",
        findings: { tree in
            let rows = (tree.readme ?? []).map { $0.lowercased() }
            return tree.sources.flatMap { file in
                differences(of: file).compactMap { sentence, line in
                    guard !sentence.isEmpty else {
                        return Finding(
                            path: file.path, line: line, text: "the difference is not stated")
                    }
                    guard !rows.contains(where: { $0.contains(sentence.lowercased()) }) else {
                        return nil
                    }
                    return Finding(
                        path: file.path, line: line,
                        text: tree.readme == nil
                            ? "there is no README.md to list '\(sentence)'"
                            : "README.md has no line with '\(sentence)'")
                }
            }
        })

    /// The sentences after the marker, without their full stop: each goes on over the comment's lines
    /// until it ends or the paragraph does.
    private static func differences(of file: SourceFile) -> [(sentence: String, line: Int)] {
        let comments = file.swift.comments
        return comments.indices.compactMap { start in
            guard comments[start].text.hasPrefix(marker) else { return nil }
            var text = String(comments[start].text.dropFirst(marker.count))
            for next in comments.indices.dropFirst(start + 1) {
                let comment = comments[next]
                guard comment.line == comments[start].line + next - start,
                    !comment.text.isEmpty, !comment.text.hasPrefix("- "),
                    !comment.text.hasPrefix(marker)
                else { break }
                text += " " + comment.text
            }
            return (firstSentence(of: text), comments[start].line)
        }
    }

    private static func firstSentence(of text: String) -> String {
        let words = text.split(separator: " ")
        let end = words.firstIndex { $0.hasSuffix(".") } ?? words.count - 1
        let sentence = words.prefix(end + 1).joined(separator: " ")
        return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }
}
