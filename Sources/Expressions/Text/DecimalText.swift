// Text to decimal number, for comparisons.

/// The forms a number may have when it is compared.
enum DecimalText {
    /// Reads digits with an optional sign and an optional fraction, or `&H` digits.
    ///
    /// - Returns: nil for anything else: exponents, separators and words such as `inf` are texts.
    static func parse(_ text: String) -> Double? {
        // No number that people write has more digits.
        guard text.utf8.count <= 100 else { return nil }
        let isPlain = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: "+")
        }
        return isPlain ? Double(text) : IntegerText.parse(text).map(Double.init)
    }
}
