// .NET patterns in PCRE2's words, where the same signs mean different things in both.

/// Rewrites what PCRE2 would take without an error but in another sense.
enum DotNetPattern {
    /// The pattern for PCRE2.
    ///
    /// - A subtraction in a character class, `[a-z-[aeiou]]`, becomes a look ahead.
    /// - A bracket in a class stands for itself: .NET has no `[:alpha:]`.
    /// - Returns: nil for `(*`, which begins PCRE2's own verbs and which .NET refuses.
    static func translated(_ pattern: String) -> String? {
        let bytes = Array(pattern.utf8)
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"):
                let end = min(position + 2, bytes.count)
                result += bytes[position..<end]
                position = end
            case UInt8(ascii: "("):
                guard position + 1 == bytes.count || bytes[position + 1] != UInt8(ascii: "*")
                else { return nil }
                result.append(bytes[position])
                position += 1
            case UInt8(ascii: "["):
                guard let (text, end) = characterClass(bytes, from: position, depth: 0) else {
                    // The class is not closed: an open bracket gets PCRE2's words for that.
                    return String(decoding: result, as: UTF8.self) + "["
                }
                result += text
                position = end
            default:
                result.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A class from its opening bracket to behind its closing one.
    private static func characterClass(
        _ bytes: [UInt8], from start: Int, depth: Int
    ) -> (text: [UInt8], end: Int)? {
        guard depth < 10 else { return nil }
        var text: [UInt8] = [UInt8(ascii: "[")]
        var position = start + 1
        if position < bytes.count, bytes[position] == UInt8(ascii: "^") {
            text.append(bytes[position])
            position += 1
        }
        let first = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "]"), position > first {
                return (text + [byte], position + 1)
            }
            if byte == UInt8(ascii: "-"), position > first, position + 1 < bytes.count,
                bytes[position + 1] == UInt8(ascii: "[")
            {
                return subtraction(bytes, from: position + 1, base: text, depth: depth)
            }
            if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
                text.append(byte)
                position += 1
            } else if byte == UInt8(ascii: "[") {
                text.append(UInt8(ascii: "\\"))
            }
            text.append(bytes[position])
            position += 1
        }
        return nil
    }

    /// `base-[other]]` as "not in the other, but in the base".
    private static func subtraction(
        _ bytes: [UInt8], from start: Int, base: [UInt8], depth: Int
    ) -> (text: [UInt8], end: Int)? {
        guard let (other, end) = characterClass(bytes, from: start, depth: depth + 1),
            end < bytes.count, bytes[end] == UInt8(ascii: "]")
        else { return nil }
        let text = "(?:(?!".utf8 + other + ")".utf8 + base + "])".utf8
        return (Array(text), end + 1)
    }
}
