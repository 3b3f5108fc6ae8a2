// JSON to bytes, members in their order, without spaces.

extension JSONValue {
    /// The value as compact UTF-8 JSON.
    public var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        write(to: &output)
        return output
    }

    /// The value as compact JSON text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The value as JSON text indented by two spaces a level, for people.
    public var prettyText: String {
        var output: [UInt8] = []
        write(to: &output, indentedBy: 0)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends the compact JSON of this value.
    public func write(to output: inout [UInt8]) {
        switch self {
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for index in elements.indices {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                elements[index].write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for index in object.members.indices {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                JSONValue.write(object.members[index].name, to: &output)
                output.append(UInt8(ascii: ":"))
                object.members[index].value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        case .string(let text): JSONValue.write(text, to: &output)
        default: writeScalar(to: &output)
        }
    }

    private func write(to output: inout [UInt8], indentedBy depth: Int) {
        let indent = String(repeating: "  ", count: depth + 1).utf8
        let outdent = String(repeating: "  ", count: depth).utf8
        switch self {
        case .array(let elements) where !elements.isEmpty:
            output.append(contentsOf: "[\n".utf8)
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(contentsOf: ",\n".utf8) }
                output.append(contentsOf: indent)
                element.write(to: &output, indentedBy: depth + 1)
            }
            output.append(UInt8(ascii: "\n"))
            output.append(contentsOf: outdent)
            output.append(UInt8(ascii: "]"))
        case .object(let object) where !object.members.isEmpty:
            output.append(contentsOf: "{\n".utf8)
            for (index, member) in object.members.enumerated() {
                if index > 0 { output.append(contentsOf: ",\n".utf8) }
                output.append(contentsOf: indent)
                JSONValue.write(member.name, to: &output)
                output.append(contentsOf: ": ".utf8)
                member.value.write(to: &output, indentedBy: depth + 1)
            }
            output.append(UInt8(ascii: "\n"))
            output.append(contentsOf: outdent)
            output.append(UInt8(ascii: "}"))
        default: write(to: &output)
        }
    }

    private func writeScalar(to output: inout [UInt8]) {
        switch self {
        case .bool(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let value): output.append(contentsOf: String(value).utf8)
        case .number(let value): output.append(contentsOf: "\(value)".utf8)
        case .null, .string, .array, .object: output.append(contentsOf: "null".utf8)
        }
    }

    /// Appends the JSON of a text, quotes included.
    public static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        let isPlain = text.utf8.withContiguousStorageIfAvailable { utf8 in
            let isPlain = needsNoEscape(utf8)
            if isPlain { output.append(contentsOf: utf8) }
            return isPlain
        }
        if isPlain != true { writeEscaped(text, to: &output) }
        output.append(UInt8(ascii: "\""))
    }

    /// Whether a text needs no escapes; looked at by the word.
    private static func needsNoEscape(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(utf8)
        let ones: UInt64 = 0x0101_0101_0101_0101
        var marks: UInt64 = 0
        var offset = 0
        while raw.count >= 8, offset < raw.count {
            // The last word begins earlier, where the text ends within it.
            offset = min(offset, raw.count - 8)
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            // The high bit of a byte is set where it is below a bound, or the same as another.
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            marks |= (word &- ones &* 0x20) & ~word
            marks |= (quote &- ones) & ~quote
            marks |= (backslash &- ones) & ~backslash
            offset += 8
        }
        guard marks & (ones &* 0x80) == 0 else { return false }
        return raw[offset...].allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
    }

    private static func writeEscaped(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated()
            where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                output.append(contentsOf: utf8[start..<index])
                writeEscape(byte, to: &output)
                start = index + 1
            }
            output.append(contentsOf: utf8[start...])
        }
    }

    private static func writeEscape(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0x09: output.append(UInt8(ascii: "t"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            output.append(contentsOf: "u00".utf8)
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 15)])
        }
    }
}
