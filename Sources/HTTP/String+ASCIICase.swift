// Comparison without regard to the case of ASCII letters, as HTTP wants it for names.

extension String {
    /// Whether both have the same bytes when `A`-`Z` count as `a`-`z`; no Unicode folding.
    func equalsIgnoringASCIICase(_ other: String) -> Bool {
        let mine = utf8
        let theirs = other.utf8
        guard mine.count == theirs.count else { return false }
        if self == other { return true }
        var index = theirs.startIndex
        for byte in mine {
            guard byte.lowercasedASCII == theirs[index].lowercasedASCII else { return false }
            theirs.formIndex(after: &index)
        }
        return true
    }
}

extension UInt8 {
    /// The byte with `A`-`Z` made lower case.
    var lowercasedASCII: UInt8 {
        self >= 0x41 && self <= 0x5A ? self | 0x20 : self
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these bytes spell `name`, which has to be given in lower case.
    func spells(_ name: StaticString) -> Bool {
        guard count == name.utf8CodeUnitCount else { return false }
        for (index, byte) in enumerated() where byte.lowercasedASCII != name.utf8Start[index] {
            return false
        }
        return true
    }
}
