// Which names can stand in the brackets of an attribute.

/// The rule that finds the end of an attribute and tells whether a name can be written as one.
enum AttributeName {
    /// The offset of the bracket that closes the one at `start`, if any.
    ///
    /// Inside inner brackets a quoted part hides its brackets, as in a SCIM value filter.
    static func closingBracket(in bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        var isQuoted = false
        for offset in start..<bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\"") where depth > 1:
                isQuoted.toggle()
            case UInt8(ascii: "[") where !isQuoted:
                depth += 1
            case UInt8(ascii: "]") where !isQuoted:
                depth -= 1
                if depth == 0 { return offset }
            default:
                break
            }
        }
        return nil
    }

    /// Whether brackets around a name close where the name ends.
    static func isValid(_ name: String) -> Bool {
        let bytes = Array("[\(name)]".utf8)
        let isBlank = name.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return !isBlank && closingBracket(in: bytes, from: 0) == bytes.count - 1
    }
}
