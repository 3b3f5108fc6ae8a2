// Base64 in its two alphabets (RFC 4648).

/// Bytes as text: with padding, or in the form that tokens use.
public enum Base64 {
    private static let standard = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of bytes for URLs: `-` and `_`, without padding (RFC 4648, section 5).
    public static func urlText(_ bytes: [UInt8]) -> String {
        let digits = encode(bytes).map { digit in
            digit == UInt8(ascii: "+")
                ? UInt8(ascii: "-") : digit == UInt8(ascii: "/") ? UInt8(ascii: "_") : digit
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The text of bytes with padding (RFC 4648, section 4).
    public static func text(_ bytes: [UInt8]) -> String {
        let padding = String(repeating: "=", count: (3 - bytes.count % 3) % 3)
        return String(decoding: encode(bytes), as: UTF8.self) + padding
    }

    private static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity((bytes.count * 4 + 2) / 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                digits.append(standard[Int(bits >> UInt32(count) & 63)])
            }
        }
        if count > 0 { digits.append(standard[Int(bits << UInt32(6 - count) & 63)]) }
        return digits
    }

    /// The bytes of a text in either alphabet, with or without padding; nil for what is neither.
    public static func bytes(_ text: String) -> [UInt8]? { bytes(text[...]) }

    /// The bytes of a part of a text, as above.
    public static func bytes(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var digits = text.utf8[...]
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        guard digits.count % 4 != 1 else { return nil }
        bytes.reserveCapacity(digits.count * 3 / 4)
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case 0x41...0x5A: UInt32(digit - 0x41)
        case 0x61...0x7A: UInt32(digit - 0x61) + 26
        case 0x30...0x39: UInt32(digit - 0x30) + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
