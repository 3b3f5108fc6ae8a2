// Rule 21: structured tasks only.

extension Rule {
    static let structuredTasks = Rule(
        number: "21", summary: "no unstructured tasks in Sources",
        findings: { tree in
            tree.sources.flatMap { file in
                file.swift.tokens.indices.filter { startsTask(file.swift, at: $0) }.map {
                    Finding(
                        path: file.path, line: file.swift.tokens[$0].line,
                        text: "a task that nobody awaits; use a task group or 'async let'")
                }
            }
        })

    private static func startsTask(_ text: SwiftText, at position: Int) -> Bool {
        guard text.text(at: position) == "Task" else { return false }
        var next = position + 1
        if text.text(at: next) == "<" {
            while !["", ">"].contains(text.text(at: next)) { next += 1 }
            next += 1
        }
        if ["{", "("].contains(text.text(at: next)) { return true }
        return text.text(at: next) == "."
            && ["detached", "immediate", "init"].contains(text.text(at: next + 1))
    }
}
