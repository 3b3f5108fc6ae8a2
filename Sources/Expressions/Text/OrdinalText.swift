// Texts compared and searched by their code points, as .NET's ordinal operations do.
//
// Swift's own `==` holds "é" and "e" + combining accent for the same text; .NET does not.

/// Ordinal operations on texts.
public enum OrdinalText {
    /// Whether two texts have the same code points.
    public static func isSame(_ first: String, _ second: String) -> Bool {
        first.utf8.elementsEqual(second.utf8)
    }

    /// Whether one text occurs in another; the empty one occurs in each.
    public static func contains(_ text: String, _ part: String) -> Bool {
        OrdinalSearch(part.utf8).firstRange(in: Array(text.utf8)) != nil
    }

    /// Whether a text ends with another.
    public static func hasSuffix(_ text: String, _ suffix: String) -> Bool {
        text.utf8.reversed().starts(with: suffix.utf8.reversed())
    }

    /// Replaces every occurrence of a part from left to right.
    ///
    /// - Returns: nil when the result would be larger than the limit.
    static func replacing(
        _ part: String, in text: String, with replacement: String, limitBytes: Int
    ) -> String? {
        let bytes = Array(text.utf8)
        let search = OrdinalSearch(part.utf8)
        var result = BoundedText(limitBytes: limitBytes)
        var position = 0
        while let match = search.firstRange(in: bytes, from: position) {
            result.append(bytes[position..<match.lowerBound])
            result.append(replacement.utf8)
            position = match.upperBound
            if match.isEmpty || result.isOverflown { break }
        }
        result.append(bytes[position...])
        return result.text
    }

    /// Splits a text at every occurrence of a delimiter; an empty one splits nothing.
    static func split(_ text: String, at delimiter: String) -> [String] {
        let bytes = Array(text.utf8)
        let search = OrdinalSearch(delimiter.utf8)
        guard !delimiter.isEmpty else { return [text] }
        var parts: [String] = []
        var position = 0
        while let match = search.firstRange(in: bytes, from: position) {
            parts.append(String(decoding: bytes[position..<match.lowerBound], as: UTF8.self))
            position = match.upperBound
        }
        parts.append(String(decoding: bytes[position...], as: UTF8.self))
        return parts
    }

    /// The text without the white space at its ends.
    static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }
}
