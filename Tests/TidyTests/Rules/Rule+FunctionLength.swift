// Rule 4: small functions.

extension Rule {
    private static let limit = 70

    static let functionLength = Rule(
        number: "4", summary: "a function has at most 70 lines",
        findings: { tree in
            tree.files.flatMap { file in
                functions(of: file.swift).filter { $0.lines > limit }.map {
                    Finding(
                        path: file.path, line: $0.line,
                        text: "the function has \($0.lines) lines; \(limit) is the limit")
                }
            }
        })

    /// Each function's first line and its number of lines, from its keyword to its closing brace.
    private static func functions(of text: SwiftText) -> [(line: Int, lines: Int)] {
        var found: [(line: Int, lines: Int)] = []
        var open: [Int?] = []
        var parentheses = 0
        // The keyword whose body is yet to come, and the parentheses around it.
        var pending: (line: Int, parentheses: Int)?
        for (position, token) in text.tokens.enumerated() {
            switch token.text {
            case "(": parentheses += 1
            case ")": parentheses -= 1
            case "func", "init", "deinit", "subscript":
                guard text.text(at: position - 1) != "." else { continue }
                pending = (token.line, parentheses)
            case "{":
                let isBody = pending?.parentheses == parentheses
                open.append(isBody ? pending?.line : nil)
                if isBody { pending = nil }
            case "}":
                // A protocol's requirement has no body; a default closure's end is not the function's.
                if pending?.parentheses == parentheses { pending = nil }
                guard let start = open.popLast() ?? nil else { continue }
                found.append((start, token.line - start + 1))
            default: break
            }
        }
        return found
    }
}
