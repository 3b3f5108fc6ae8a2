// The numbers that indexes hold in the place of long texts.

/// A number of 48 bits for a text, the same in every version and on every machine: tables hold it.
///
/// Indexes of identifiers and names hold it instead of the texts, so that those of a large directory
/// stay in memory. Different texts may have the same one; whoever looks for a text asks for both.
///
/// The number is the FNV-1a of the text with each row of digits as one, and its last 28 bits are the
/// number that the digits are: neighbours are `user1` and `user2`, and what comes in such an order
/// goes into the index at one place.
enum TextKey {
    /// The key of a text.
    static func of(_ text: String) -> Int64 {
        var key = Builder()
        key.add(text)
        return key.value
    }

    /// The key of a text within a scope: the same as `key(scope, text)` in SQL.
    static func of(_ scope: String, _ text: String) -> Int64 {
        var key = Builder()
        key.add(scope)
        key.add(text)
        return key.value
    }

    /// Makes a key of one text after another, of which the last is the one whose digits are a number.
    struct Builder {
        private var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        private var number: UInt64 = 0
        private var hasNumber = false
        private var isEmpty = true

        mutating func add(_ text: String) {
            var text = text
            text.withUTF8 { add($0) }
        }

        mutating func add(_ utf8: UnsafeBufferPointer<UInt8>) {
            if !isEmpty {
                mix(number)
                // No text has such a byte: it says where one ends.
                mix(0xFF)
            }
            isEmpty = false
            number = 0
            hasNumber = false
            var isInNumber = false
            for byte in utf8 {
                guard byte &- UInt8(ascii: "0") < 10 else {
                    isInNumber = false
                    mix(UInt64(byte))
                    continue
                }
                number = number &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                if isInNumber { continue }
                isInNumber = true
                hasNumber = true
                mix(UInt64(UInt8(ascii: "0")))
            }
        }

        private mutating func mix(_ value: UInt64) {
            hash = (hash ^ value) &* 0x0000_0100_0000_01B3
        }

        var value: Int64 {
            // The upper bits know of all bytes, the lower ones of their lower bits only.
            let mixed = hash ^ hash >> 32
            let bits =
                hasNumber
                ? (mixed & 0xF_FFFF) << 28 | number & 0xFFF_FFFF : mixed & 0xFFFF_FFFF_FFFF
            // SQLite keeps numbers from -2^47 to 2^47 - 1 in six bytes.
            return Int64(bits) - 1 << 47
        }
    }
}

extension SQLValue {
    /// The key of a text.
    static func key(_ text: String) -> SQLValue { .integer(TextKey.of(text)) }

    /// The key of a text within a scope.
    static func key(_ scope: String, _ text: String) -> SQLValue {
        .integer(TextKey.of(scope, text))
    }

    /// The key of a text, or null when there is none.
    static func optionalKey(_ text: String?) -> SQLValue { text.map { .key($0) } ?? .null }
}
