// Where random functions get their bits: from outside, so that runs can be repeated.

/// A generator of random words and GUIDs.
public protocol RandomSource: Sendable {
    /// The next 64 random bits.
    mutating func nextWord() -> UInt64

    /// A new GUID in lower case, `xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx`.
    mutating func makeGUID() -> String
}

extension RandomSource {
    /// A version 4 GUID made of random words.
    public mutating func makeGUID() -> String {
        let high = nextWord() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = nextWord() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, word) in [high, low].enumerated() {
            for nibble in 0..<16 {
                if [8, 12, 16, 20].contains(index * 16 + nibble) { text.append(UInt8(ascii: "-")) }
                text.append(digits[Int(word >> UInt64(60 - nibble * 4) & 0xF)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A random number below a bound; the bound is at least 1.
    mutating func next(below bound: Int) -> Int {
        Int(nextWord().multipliedFullWidth(by: UInt64(max(bound, 1))).high)
    }
}
