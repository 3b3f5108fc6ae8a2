// Swift source taken apart: its comments, and its code as words and signs.

/// A Swift source file's text, read far enough to tell code from comments and strings.
///
/// Regular expression literals are not recognized; one with a quote or a brace in it would be misread.
struct SwiftText: Sendable {
    /// A word or a single sign of the code; strings leave their quotes only.
    struct Token: Sendable {
        let text: String
        /// The line, 1 for the first.
        let line: Int
    }

    /// A comment, or one line of a longer one.
    struct Comment: Sendable {
        /// The text without slashes, trimmed.
        let text: String
        let line: Int
        /// Whether it is documentation (`///`).
        let isDocumentation: Bool
        /// Whether code stands before it.
        let isTrailing: Bool
    }

    private(set) var tokens: [Token] = []
    private(set) var comments: [Comment] = []

    init(_ text: String) {
        var scanner = SwiftScanner(text)
        scanner.scan()
        tokens = scanner.tokens
        comments = scanner.comments
    }

    /// The lines on which these tokens stand one after another.
    func lines(of sequence: String...) -> [Int] {
        tokens.indices.filter { has(sequence, at: $0) }.map { tokens[$0].line }
    }

    /// Whether these tokens stand one after another from a position on.
    func has(_ sequence: [String], at start: Int) -> Bool {
        guard start >= 0, start + sequence.count <= tokens.count else { return false }
        return sequence.indices.allSatisfy { tokens[start + $0].text == sequence[$0] }
    }

    /// The token at a position; empty beyond either end.
    func text(at position: Int) -> String {
        tokens.indices.contains(position) ? tokens[position].text : ""
    }

    /// The modules that are imported, with the lines that do it.
    var imports: [(module: String, line: Int)] {
        tokens.indices.filter {
            tokens[$0].text == "import" && ![".", "`"].contains(text(at: $0 - 1))
        }.map { position in
            let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
            let isOfOneName = kinds.contains(text(at: position + 1))
            return (text(at: position + (isOfOneName ? 2 : 1)), tokens[position].line)
        }
    }

    /// The names of the types that are declared, nested ones too, with their lines.
    var declaredTypes: [(name: String, line: Int)] {
        let kinds: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
        return tokens.indices.filter {
            kinds.contains(tokens[$0].text) && text(at: $0 - 1) != "."
                && text(at: $0 - 1) != "import"
        }.map { (text(at: $0 + 1), tokens[$0].line) }
    }

    /// The names of the constants that types have (`static let`).
    var staticConstants: [String] {
        tokens.indices.filter { has(["static", "let"], at: $0) }.map { position in
            let isQuoted = text(at: position + 2) == "`"
            return text(at: position + (isQuoted ? 3 : 2))
        }
    }

    /// The names of the types that are extended.
    var extendedTypes: [String] {
        tokens.indices.filter { tokens[$0].text == "extension" }.map { text(at: $0 + 1) }
    }
}

private struct SwiftScanner {
    /// What encloses the place that is read: code up to a closing parenthesis, or a string.
    private enum Context {
        case code(parentheses: Int)
        case string(hashes: Int, isMultiline: Bool)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lineOfLastToken = 0
    private var contexts: [Context] = [.code(parentheses: 0)]
    private(set) var tokens: [SwiftText.Token] = []
    private(set) var comments: [SwiftText.Comment] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func scan() {
        while position < bytes.count {
            switch contexts[contexts.count - 1] {
            case .code(let parentheses): scanCode(parentheses)
            case .string(let hashes, let isMultiline): scanString(hashes, isMultiline)
            }
        }
    }

    private func starts(with text: StaticString, at offset: Int = 0) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + offset + count <= bytes.count else { return false }
        return (0..<count).allSatisfy { bytes[position + offset + $0] == text.utf8Start[$0] }
    }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func take(_ count: Int) {
        let text = String(decoding: bytes[position..<position + count], as: UTF8.self)
        tokens.append(SwiftText.Token(text: text, line: line))
        lineOfLastToken = line
        position += count
    }

    // MARK: Code

    private mutating func scanCode(_ parentheses: Int) {
        let byte = bytes[position]
        if starts(with: "//") { return scanLineComment() }
        if starts(with: "/*") { return scanBlockComment() }
        if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "\""), openString() { return }
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
            advance()
        case UInt8(ascii: "("):
            contexts[contexts.count - 1] = .code(parentheses: parentheses + 1)
            take(1)
        case UInt8(ascii: ")"):
            if contexts.count > 1, parentheses == 1 {
                contexts.removeLast()
                position += 1
            } else {
                contexts[contexts.count - 1] = .code(parentheses: parentheses - 1)
                take(1)
            }
        default:
            let count = bytes[position...].prefix(while: SwiftScanner.isWord).count
            take(max(1, count))
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), 0x80...0xFF: true
        default: false
        }
    }

    private mutating func scanLineComment() {
        let rest = bytes[position...].prefix { $0 != UInt8(ascii: "\n") }
        addComment(rest, isDocumentation: starts(with: "///"))
        position += rest.count
    }

    private mutating func addComment(_ text: ArraySlice<UInt8>, isDocumentation: Bool) {
        let marks = Set("/* ".utf8)
        let body = text.drop(while: marks.contains)
        comments.append(
            SwiftText.Comment(
                text: String(decoding: body, as: UTF8.self), line: line,
                isDocumentation: isDocumentation, isTrailing: lineOfLastToken == line))
    }

    private mutating func scanBlockComment() {
        var depth = 0
        var start = position
        repeat {
            if starts(with: "/*") {
                depth += 1
                position += 2
            } else if starts(with: "*/") {
                depth -= 1
                position += 2
            } else {
                if bytes[position] == UInt8(ascii: "\n") {
                    addComment(bytes[start..<position], isDocumentation: false)
                    start = position + 1
                }
                advance()
            }
        } while depth > 0 && position < bytes.count
        addComment(bytes[start..<position], isDocumentation: false)
    }

    // MARK: Strings

    private mutating func openString() -> Bool {
        let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
        guard starts(with: "\"", at: hashes) else { return false }
        // Three quotes open several lines only where nothing follows them on theirs.
        let isMultiline = starts(with: "\"\"\"\n", at: hashes)
        position += hashes
        take(1)
        position += isMultiline ? 2 : 0
        contexts.append(.string(hashes: hashes, isMultiline: isMultiline))
        return true
    }

    private mutating func scanString(_ hashes: Int, _ isMultiline: Bool) {
        if starts(with: "\\"), hasHashes(hashes, at: 1) {
            position += 1 + hashes
            guard position < bytes.count else { return }
            if starts(with: "(") { contexts.append(.code(parentheses: 1)) }
            return advance()
        }
        let quotes = isMultiline ? 3 : 1
        let isQuote = isMultiline ? starts(with: "\"\"\"") : starts(with: "\"")
        if isQuote, hasHashes(hashes, at: quotes) {
            contexts.removeLast()
            position += quotes - 1
            take(1)
            position += hashes
            return
        }
        advance()
    }

    private func hasHashes(_ count: Int, at offset: Int) -> Bool {
        guard position + offset + count <= bytes.count else { return false }
        return (0..<count).allSatisfy { bytes[position + offset + $0] == UInt8(ascii: "#") }
    }
}
