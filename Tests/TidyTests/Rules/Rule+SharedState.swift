// Rule 22: what is shared is guarded, and says by what.

extension Rule {
    static let sharedState = Rule(
        number: "22", summary: "unchecked sharing names its guard; no global variables",
        findings: { tree in tree.sources.flatMap { findings(in: $0) } })

    private static func findings(in file: SourceFile) -> [Finding] {
        let text = file.swift
        let unguarded = text.lines(of: "@", "unchecked", "Sendable").filter {
            !isGuardNamed(near: $0, in: text)
        }
        return unguarded.map {
            Finding(
                path: file.path, line: $0,
                text: "'@unchecked Sendable' without a comment beside it that names the guard")
        }
            + text.lines(of: "nonisolated", "(", "unsafe").map {
                Finding(path: file.path, line: $0, text: "'nonisolated(unsafe)'")
            }
            + globalVariables(of: text).map {
                Finding(path: file.path, line: $0, text: "a global variable")
            }
    }

    /// What keeps threads apart, as comments name it.
    private static let guards = ["guard", "lock", "mutex", "queue", "thread"]

    /// Whether the comment right above a declaration, or right below its first line, names a guard.
    private static func isGuardNamed(near line: Int, in text: SwiftText) -> Bool {
        let comments = Dictionary(
            text.comments.filter { !$0.isTrailing }.map { ($0.line, $0.text) },
            uniquingKeysWith: { first, _ in first })
        var beside: [String] = []
        for step in [-1, 1] {
            var next = line + step
            while let comment = comments[next] {
                beside.append(comment)
                next += step
            }
        }
        return beside.contains { line in guards.contains { line.lowercased().contains($0) } }
    }

    /// Lines of stored variables at file scope, and of stored static ones.
    private static func globalVariables(of text: SwiftText) -> [Int] {
        var depth = 0
        var lines: [Int] = []
        for (position, token) in text.tokens.enumerated() {
            switch token.text {
            case "{", "(": depth += 1
            case "}", ")": depth -= 1
            case "var":
                let isStatic = ["static", "class"].contains(text.text(at: position - 1))
                guard depth == 0 || isStatic, isStored(text, at: position) else { continue }
                lines.append(token.line)
            default: break
            }
        }
        return lines
    }

    /// Whether a value or the line's end comes before a body.
    private static func isStored(_ text: SwiftText, at position: Int) -> Bool {
        let line = text.tokens[position].line
        let rest = text.tokens[position...].prefix { $0.line == line }
        let sign = rest.first { $0.text == "=" || $0.text == "{" }
        return sign?.text != "{"
    }
}
