// Text to whole number, as the functions with numeric parameters read it.

/// The forms a whole number may have in a value.
enum IntegerText {
    /// Reads decimal digits with an optional sign, or Visual Basic's `&H` form; white space
    /// around them does not count.
    ///
    /// - Returns: nil for anything else and for numbers beyond 64 bits.
    static func parse(_ text: String) -> Int64? {
        var digits = Substring(text)
        while let first = digits.first, first.isWhitespace { digits.removeFirst() }
        while let last = digits.last, last.isWhitespace { digits.removeLast() }
        guard digits.first == "&" else { return Int64(digits) }
        digits.removeFirst()
        guard digits.first == "H" || digits.first == "h" else { return nil }
        digits.removeFirst()
        guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
        else { return nil }
        return UInt64(digits, radix: 16).map { Int64(bitPattern: $0) }
    }
}
