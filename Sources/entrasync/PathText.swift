// Texts as parts of paths and queries.

/// Percent-encoding for the calls of commands.
enum PathText {
    /// A text as one segment of a path, or as a value in a query (RFC 3986, section 2.1).
    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = character.isLetter || character.isNumber || "-._~".contains(character)
            guard byte > 0x7F || !isPlain else { return String(character) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    /// A query of the parameters that have a value; empty when none has.
    static func query(_ items: [(name: String, value: String?)]) -> String {
        let pairs = items.compactMap { name, value in value.map { name + "=" + escaped($0) } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }
}
