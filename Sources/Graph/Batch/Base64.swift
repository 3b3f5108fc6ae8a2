// Bytes as text, the way that batches carry what is no JSON.

/// Base64 with padding (RFC 4648, section 4).
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of bytes.
    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for offset in 0..<3 {
                let byte = offset < group.count ? group[start + offset] : 0
                bits = bits << 8 | UInt32(byte)
            }
            for offset in 0..<4 {
                let digit = digits[Int(bits >> UInt32(18 - 6 * offset) & 63)]
                text.append(offset <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil for what is no base64.
    static func decode(_ text: String) -> [UInt8]? {
        let all = Array(text.utf8)
        let padding = all.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard all.count.isMultiple(of: 4), padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in all.dropLast(padding) {
            guard let digit = digits.firstIndex(of: character) else { return nil }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
