// Parts of a text counted as .NET counts: in UTF-16 code units.

/// Positions and lengths in UTF-16 code units.
enum UTF16Text {
    /// The part that starts after so many units and has at most so many.
    ///
    /// A cut through a surrogate pair leaves U+FFFD, which is what .NET's lone half becomes on
    /// the wire.
    static func part(of text: String, dropping start: Int64, count: Int64) -> String {
        let units = text.utf16
        guard start > 0 || count < Int64(units.count) else { return text }
        let first = Int(start.clamped(to: 0...Int64(units.count)))
        let length = Int(count.clamped(to: 0...Int64(units.count - first)))
        return String(decoding: Array(units.dropFirst(first).prefix(length)), as: UTF16.self)
    }

    /// How many units a text has.
    static func count(_ text: String) -> Int64 {
        Int64(text.utf16.count)
    }

    /// The position of a part at or after a position, both from 0.
    static func position(of part: String, in text: String, from start: Int) -> Int? {
        OrdinalSearch(part.utf16).firstRange(in: Array(text.utf16), from: start)?.lowerBound
    }
}
