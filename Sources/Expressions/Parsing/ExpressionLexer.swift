// Text to tokens: one pass over the UTF-8 bytes, without backtracking.

/// Reads the tokens of an expression one after the other.
struct ExpressionLexer {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The next token; at the end of the text, `end` again and again.
    mutating func next() throws(ExpressionError) -> ExpressionToken {
        skipWhiteSpace()
        let start = position
        guard start < bytes.count else {
            return ExpressionToken(kind: .end, content: "", range: start..<start)
        }
        switch bytes[start] {
        case UInt8(ascii: "("): return single(.leftParenthesis)
        case UInt8(ascii: ")"): return single(.rightParenthesis)
        case UInt8(ascii: ","): return single(.comma)
        case UInt8(ascii: "["): return try attribute()
        case UInt8(ascii: "\""): return try text()
        case UInt8(ascii: "&"): return try hexadecimal()
        case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"): return comparison()
        case UInt8(ascii: "-"): return try number()
        case let byte where isDigit(byte): return try number()
        case let byte where isNameByte(byte): return name()
        default: throw unexpectedCharacter(at: start, expected: "a value")
        }
    }

    private mutating func single(_ kind: ExpressionToken.Kind) -> ExpressionToken {
        position += 1
        return token(kind, content: position - 1..<position, from: position - 1)
    }

    private func token(
        _ kind: ExpressionToken.Kind, content: Range<Int>, from start: Int
    ) -> ExpressionToken {
        ExpressionToken(kind: kind, content: string(content), range: start..<position)
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private mutating func name() -> ExpressionToken {
        let start = position
        while position < bytes.count, isNameByte(bytes[position]) || isDigit(bytes[position]) {
            position += 1
        }
        return token(.name, content: start..<position, from: start)
    }

    /// A whole number, with a minus sign at most.
    private mutating func number() throws(ExpressionError) -> ExpressionToken {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
        let hasDigits = position > firstDigit
        guard hasDigits, !continuesWord() else { throw invalidNumber(from: start) }
        return token(.number, content: start..<position, from: start)
    }

    /// A number in Visual Basic's hexadecimal form, such as `&HF7`.
    private mutating func hexadecimal() throws(ExpressionError) -> ExpressionToken {
        let start = position
        let marker = start + 1
        guard marker < bytes.count, bytes[marker] | 0x20 == UInt8(ascii: "h") else {
            throw unexpectedCharacter(at: start, expected: "a value or an &H number")
        }
        position = marker + 1
        let firstDigit = position
        while position < bytes.count, isHexadecimalDigit(bytes[position]) { position += 1 }
        guard position > firstDigit, !continuesWord() else { throw invalidNumber(from: start) }
        return token(.hexadecimal, content: start..<position, from: start)
    }

    private mutating func comparison() -> ExpressionToken {
        let start = position
        let pair = position + 1 < bytes.count ? string(position..<position + 2) : ""
        if let long = ComparisonOperator(rawValue: pair) {
            position += 2
            return token(.comparison(long), content: start..<position, from: start)
        }
        position += 1
        let short = ComparisonOperator(rawValue: string(start..<position)) ?? .equal
        return token(.comparison(short), content: start..<position, from: start)
    }

    /// A text constant; only `\"` and `\\` are escapes.
    ///
    /// Unverified: what the service does with other escapes; they are refused, because its
    /// reference says that a backslash must be escaped.
    private mutating func text() throws(ExpressionError) -> ExpressionToken {
        let start = position
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return ExpressionToken(
                    kind: .text, content: String(decoding: content, as: UTF8.self),
                    range: start..<position)
            }
            if byte == UInt8(ascii: "\\") {
                try skipBackslash()
            }
            content.append(bytes[position])
            position += 1
        }
        throw ExpressionError(.textNotClosed, at: start..<start + 1)
    }

    /// Moves from a backslash to the character it protects.
    private mutating func skipBackslash() throws(ExpressionError) {
        let escaped = position + 1
        guard escaped < bytes.count else {
            throw ExpressionError(.textNotClosed, at: position..<escaped)
        }
        guard bytes[escaped] == UInt8(ascii: "\"") || bytes[escaped] == UInt8(ascii: "\\") else {
            let end = characterEnd(from: escaped)
            throw ExpressionError(
                .escapeUnknown(string(position..<end)), at: position..<end)
        }
        position = escaped
    }

    /// An attribute in brackets, which may hold balanced brackets of its own:
    /// `[emails[type eq "work"].value]`.
    private mutating func attribute() throws(ExpressionError) -> ExpressionToken {
        let start = position
        guard let end = AttributeName.closingBracket(in: bytes, from: start) else {
            throw ExpressionError(.attributeNotClosed, at: start..<start + 1)
        }
        position = end + 1
        let token = token(.attribute, content: start + 1..<end, from: start)
        guard AttributeName.isValid(token.content) else {
            throw ExpressionError(.attributeNameInvalid(token.content), at: start..<position)
        }
        return token
    }

    private func invalidNumber(from start: Int) -> ExpressionError {
        var end = start + 1
        while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
        return ExpressionError(.numberInvalid(string(start..<end)), at: start..<end)
    }

    private func unexpectedCharacter(at start: Int, expected: String) -> ExpressionError {
        let end = characterEnd(from: start)
        return ExpressionError(
            .unexpected(found: "'\(string(start..<end))'", expected: expected), at: start..<end)
    }

    /// The end of the scalar that starts at an offset.
    private func characterEnd(from start: Int) -> Int {
        var end = start + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    /// White space is what .NET calls so, the no-break space of pasted text included.
    private mutating func skipWhiteSpace() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                position += 1
            } else if byte >= 0x80 {
                let end = characterEnd(from: position)
                let scalars = string(position..<end).unicodeScalars
                guard scalars.allSatisfy(\.properties.isWhitespace) else { return }
                position = end
            } else {
                return
            }
        }
    }

    private func continuesWord() -> Bool {
        position < bytes.count && isWordByte(bytes[position])
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || isDigit(byte) || byte == UInt8(ascii: ".")
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
    }

    private func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
}
