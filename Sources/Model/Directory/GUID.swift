// The identifiers of directory objects.

/// A 128-bit identifier, written in 36 lower-case characters.
public struct GUID: Sendable, Hashable {
    /// The first eight bytes, most significant first.
    public let high: UInt64
    /// The last eight bytes, most significant first.
    public let low: UInt64

    /// An identifier of these bits.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The all-zero identifier.
    public static let zero = GUID(high: 0, low: 0)

    /// Parses the form with dashes, or 32 hexadecimal digits without; nil for anything else.
    public init?(parsing text: Substring) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        var position = -1
        let utf8 = text.utf8
        let isDashed = utf8.count == 36
        guard isDashed || utf8.count == 32 else { return nil }
        for byte in utf8 {
            position += 1
            if isDashed, position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = GUID.digit(byte) else { return nil }
            if digits < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
            digits += 1
        }
        self.init(high: high, low: low)
    }

    /// Parses the form with dashes, or 32 hexadecimal digits without; nil for anything else.
    public init?(parsing text: String) { self.init(parsing: text[...]) }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 0x30...0x39: UInt64(byte - 0x30)
        case 0x41...0x46: UInt64(byte - 0x41 + 10)
        case 0x61...0x66: UInt64(byte - 0x61 + 10)
        default: nil
        }
    }

    /// 32 lower-case hexadecimal digits, as in the identifiers of jobs.
    public var withoutDashes: String { text(dashed: false) }

    private func text(dashed: Bool) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var count = 0
            for word in [high, low] {
                for index in 0..<8 {
                    let byte = Int(truncatingIfNeeded: word >> UInt64(56 - index * 8)) & 255
                    buffer[count] = GUID.digits[byte >> 4]
                    buffer[count + 1] = GUID.digits[byte & 15]
                    count += 2
                    if dashed, count == 8 || count == 13 || count == 18 || count == 23 {
                        buffer[count] = UInt8(ascii: "-")
                        count += 1
                    }
                }
            }
            return count
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

extension GUID: CustomStringConvertible {
    /// The form with dashes, lower case.
    public var description: String { text(dashed: true) }
}
