// .NET date formats, invariant culture: a format string as a list of its elements.

/// A standard or custom date and time format of .NET.
///
/// Follows .NET's pages on standard and custom date and time format strings.
struct DateTimeFormat: Hashable, Sendable {
    /// One element of a format, with how often its letter is repeated.
    enum Element: Hashable, Sendable {
        case year(Int)
        case month(Int)
        case day(Int)
        case hour24(Int)
        case hour12(Int)
        case minute(Int)
        case second(Int)
        /// `f` shows all its digits, `F` none of the trailing zeros.
        case fraction(Int, isTrimmed: Bool)
        case designator(Int)
        case era
        case zone(Int)
        /// `K`: the zone if the kind of the date is known.
        case kind
        /// `Z` outside quotation marks: a letter in output, UTC in input.
        case zulu
        case literal(UInt8)
    }

    let elements: [Element]
    /// Whether the moment is turned into UTC before it is formatted (`U`).
    let isUniversal: Bool

    /// Reads a format string.
    ///
    /// - Returns: nil where .NET throws: an empty format, an unknown standard format, an open
    ///   quotation, a `%` or `\` at the end, more than seven digits of a fraction.
    init?(_ format: String) {
        let pattern = Array(format.utf8)
        isUniversal = pattern == [UInt8(ascii: "U")]
        if pattern.count == 1 {
            guard let expanded = Self.standardFormats[pattern[0]] else { return nil }
            guard let elements = Self.elements(of: Array(expanded.utf8)) else { return nil }
            self.elements = elements
        } else {
            guard !pattern.isEmpty, let elements = Self.elements(of: pattern) else { return nil }
            self.elements = elements
        }
    }

    private static func elements(of pattern: [UInt8]) -> [Element]? {
        var elements: [Element] = []
        var position = 0
        while position < pattern.count {
            let letter = pattern[position]
            switch letter {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                guard let end = quotation(pattern, from: position, into: &elements) else {
                    return nil
                }
                position = end
            case UInt8(ascii: "\\"):
                guard position + 1 < pattern.count else { return nil }
                elements.append(.literal(pattern[position + 1]))
                position += 2
            case UInt8(ascii: "%"):
                let next = position + 1
                guard next < pattern.count, pattern[next] != UInt8(ascii: "%") else { return nil }
                position += 1
            default:
                var end = position + 1
                while end < pattern.count, pattern[end] == letter { end += 1 }
                let count = end - position
                guard let element = element(letter, count: count) else {
                    elements.append(.literal(letter))
                    position += 1
                    continue
                }
                if case .fraction(let digits, _) = element, digits > 7 { return nil }
                elements.append(contentsOf: letter == UInt8(ascii: "Z") ? [.zulu] : [element])
                position = letter == UInt8(ascii: "Z") ? position + 1 : end
            }
        }
        return elements
    }

    /// The literals of a quotation; a backslash protects the next character in it.
    private static func quotation(
        _ pattern: [UInt8], from start: Int, into elements: inout [Element]
    ) -> Int? {
        var position = start + 1
        while position < pattern.count {
            if pattern[position] == pattern[start] { return position + 1 }
            if pattern[position] == UInt8(ascii: "\\") {
                position += 1
                guard position < pattern.count else { return nil }
            }
            elements.append(.literal(pattern[position]))
            position += 1
        }
        return nil
    }

    private static func element(_ letter: UInt8, count: Int) -> Element? {
        switch letter {
        case UInt8(ascii: "y"): .year(count)
        case UInt8(ascii: "M"): .month(count)
        case UInt8(ascii: "d"): .day(count)
        case UInt8(ascii: "H"): .hour24(count)
        case UInt8(ascii: "h"): .hour12(count)
        case UInt8(ascii: "m"): .minute(count)
        case UInt8(ascii: "s"): .second(count)
        case UInt8(ascii: "f"): .fraction(count, isTrimmed: false)
        case UInt8(ascii: "F"): .fraction(count, isTrimmed: true)
        case UInt8(ascii: "t"): .designator(count)
        case UInt8(ascii: "g"): .era
        case UInt8(ascii: "z"): .zone(count)
        case UInt8(ascii: "K"): .kind
        case UInt8(ascii: "Z"): .zulu
        default: nil
        }
    }

    private static let standardFormats: [UInt8: String] = [
        UInt8(ascii: "d"): "MM/dd/yyyy",
        UInt8(ascii: "D"): "dddd, dd MMMM yyyy",
        UInt8(ascii: "f"): "dddd, dd MMMM yyyy HH:mm",
        UInt8(ascii: "F"): "dddd, dd MMMM yyyy HH:mm:ss",
        UInt8(ascii: "g"): "MM/dd/yyyy HH:mm",
        UInt8(ascii: "G"): "MM/dd/yyyy HH:mm:ss",
        UInt8(ascii: "m"): "MMMM dd",
        UInt8(ascii: "M"): "MMMM dd",
        UInt8(ascii: "o"): "yyyy-MM-ddTHH:mm:ss.fffffffK",
        UInt8(ascii: "O"): "yyyy-MM-ddTHH:mm:ss.fffffffK",
        UInt8(ascii: "r"): "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        UInt8(ascii: "R"): "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        UInt8(ascii: "s"): "yyyy-MM-ddTHH:mm:ss",
        UInt8(ascii: "t"): "HH:mm",
        UInt8(ascii: "T"): "HH:mm:ss",
        UInt8(ascii: "u"): "yyyy-MM-dd HH:mm:ss'Z'",
        UInt8(ascii: "U"): "dddd, dd MMMM yyyy HH:mm:ss",
        UInt8(ascii: "y"): "yyyy MMMM",
        UInt8(ascii: "Y"): "yyyy MMMM",
    ]
}
