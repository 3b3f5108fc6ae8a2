// Reads the pieces dates are made of from a text, for both date parsers.

/// A cursor over a text's bytes.
struct DateTimeReader {
    private let bytes: [UInt8]
    private(set) var position = 0
    private var end: Int

    init(_ text: String) {
        bytes = Array(text.utf8)
        end = bytes.count
    }

    /// Whether everything is read.
    var isAtEnd: Bool { position >= end }

    /// The next byte, nil at the end.
    var next: UInt8? { isAtEnd ? nil : bytes[position] }

    /// Takes the next byte if it is a certain one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Takes the next byte if it is one of several.
    mutating func take(anyOf letters: String) -> UInt8? {
        guard let next, letters.utf8.contains(next) else { return nil }
        position += 1
        return next
    }

    /// Takes a word in any case if it comes next.
    mutating func take(word: String) -> Bool {
        let wanted = Array(word.utf8)
        guard end - position >= wanted.count else { return false }
        for (offset, letter) in wanted.enumerated()
        where bytes[position + offset] | 0x20 != letter | 0x20 {
            return false
        }
        position += wanted.count
        return true
    }

    /// Takes a number of so many digits.
    mutating func takeNumber(digits range: ClosedRange<Int>) -> (value: Int, digits: Int)? {
        var value = 0
        var count = 0
        while count < range.upperBound, let byte = next, (0x30...0x39).contains(byte) {
            // Nine digits fit, and nothing in a date has more.
            value = count < 9 ? value * 10 + Int(byte - 0x30) : value
            count += 1
            position += 1
        }
        guard count >= range.lowerBound else {
            position -= count
            return nil
        }
        return (value, count)
    }

    /// Takes the digits of a fraction as ticks; digits beyond the seventh are dropped.
    mutating func takeFraction(digits range: ClosedRange<Int>) -> Int64? {
        var ticks: Int64 = 0
        var scale = DateTime.ticksPerSecond / 10
        var count = 0
        while count < range.upperBound, let byte = next, (0x30...0x39).contains(byte) {
            ticks += Int64(byte - 0x30) * scale
            scale /= 10
            count += 1
            position += 1
        }
        return count >= range.lowerBound ? ticks : nil
    }

    /// Takes letters of the alphabet.
    mutating func takeLetters() -> String {
        let start = position
        while let byte = next, (0x61...0x7A).contains(byte | 0x20) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Takes white space; whether there was some.
    @discardableResult
    mutating func takeWhiteSpace() -> Bool {
        let start = position
        while let byte = next, Self.isWhiteSpace(byte) { position += 1 }
        return position > start
    }

    /// Leaves white space at the end unread.
    mutating func dropTrailingWhiteSpace() {
        while end > position, Self.isWhiteSpace(bytes[end - 1]) { end -= 1 }
    }

    /// Takes an offset such as `-07:00`, `+0530` or, with hours only, `-7`; in minutes.
    mutating func takeOffset(needsMinutes: Bool, allowsMinutes: Bool) -> Int? {
        guard let sign = take(anyOf: "+-") else { return nil }
        guard let hours = takeNumber(digits: 1...2)?.value else { return nil }
        var minutes = 0
        if allowsMinutes {
            let hasColon = take(UInt8(ascii: ":"))
            if let number = takeNumber(digits: 1...2) {
                minutes = number.value
            } else if hasColon || needsMinutes {
                return nil
            }
        }
        guard minutes < 60, hours * 60 + minutes <= 14 * 60 else { return nil }
        let total = hours * 60 + minutes
        return sign == UInt8(ascii: "-") ? -total : total
    }

    /// Goes back to an earlier place.
    mutating func rewind(to position: Int) {
        self.position = position
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
