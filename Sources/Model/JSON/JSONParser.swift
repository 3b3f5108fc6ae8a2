// Bytes to JSON: a recursive descent over UTF-8, bounded in depth.

/// Why a text is no JSON, and where.
public struct JSONError: Error, Sendable, Equatable {
    /// What was met.
    public enum Reason: Sendable, Equatable {
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case invalidEscape
        case invalidUTF8
        case invalidNumber
        case controlCharacter
        case duplicateMember(String)
        case tooDeep(limit: Int)
        case trailingBytes
    }

    /// What was met.
    public let reason: Reason
    /// Offset in bytes from the start of the text.
    public let offset: Int
}

extension JSONValue {
    /// Parses one JSON text (RFC 8259, UTF-8, an optional byte order mark in front).
    ///
    /// - Throws: `JSONError` for anything that is not one well-formed value, for member names that
    ///   occur twice and for nesting deeper than `Limits.jsonDepth`.
    public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
        var result: Result<JSONValue, JSONError>?
        let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            result = JSONParser.parse(buffer)
        }
        if done == nil {
            Array(bytes).withUnsafeBufferPointer { buffer in result = JSONParser.parse(buffer) }
        }
        guard let result else { throw JSONError(reason: .unexpectedEnd, offset: 0) }
        self = try result.get()
    }

    /// Parses one JSON text.
    ///
    /// - Throws: `JSONError`, as `init(parsing:)` on bytes.
    public init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }
}

private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONError> {
        var parser = JSONParser(bytes: bytes)
        do throws(JSONError) {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
            let value = try parser.value(depth: 0)
            parser.skipSpace()
            guard parser.position == bytes.count else { throw parser.error(.trailingBytes) }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    func error(_ reason: JSONError.Reason, at offset: Int? = nil) -> JSONError {
        JSONError(reason: reason, offset: offset ?? position)
    }

    /// An error at the first byte of a stretch that is no UTF-8.
    func invalidUTF8(from start: Int, to end: Int) -> JSONError {
        var valid = start
        var offset = start
        while offset < end {
            offset += 1
            let stretch = UnsafeBufferPointer(rebasing: bytes[valid..<offset])
            if String(validating: stretch, as: UTF8.self) != nil { valid = offset }
            if offset - valid >= 4 { break }
        }
        return error(.invalidUTF8, at: valid)
    }

    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    func unexpected() -> JSONError {
        error(position < bytes.count ? .unexpectedByte(bytes[position]) : .unexpectedEnd)
    }

    mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard position < bytes.count, bytes[position] == byte else { throw unexpected() }
        position += 1
    }

    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        skipSpace()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < Limits.jsonDepth else {
                throw error(.tooDeep(limit: Limits.jsonDepth))
            }
            return bytes[position] == UInt8(ascii: "{")
                ? .object(try object(depth: depth)) : .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: throw unexpected()
        }
    }

    mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<text.utf8CodeUnitCount { try expect(text.utf8Start[index]) }
        return value
    }

    mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
            position += 1
            return elements
        }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if position < bytes.count, bytes[position] == UInt8(ascii: ",") {
                position += 1
                continue
            }
            try expect(UInt8(ascii: "]"))
            return elements
        }
    }

    mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        position += 1
        var members: [JSONObject.Member] = []
        var seen: Set<[UInt8]> = []
        skipSpace()
        if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
            position += 1
            return JSONObject()
        }
        while true {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw unexpected()
            }
            let start = position
            let name = try string()
            guard !isRepeated(name, members, &seen) else {
                throw error(.duplicateMember(name), at: start)
            }
            skipSpace()
            try expect(UInt8(ascii: ":"))
            members.append(JSONObject.Member(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            if position < bytes.count, bytes[position] == UInt8(ascii: ",") {
                position += 1
                continue
            }
            try expect(UInt8(ascii: "}"))
            return JSONObject(unchecked: members)
        }
    }

    /// A scan while there are few members, a set when there are many: linear on hostile input too.
    private func isRepeated(
        _ name: String, _ members: [JSONObject.Member], _ seen: inout Set<[UInt8]>
    ) -> Bool {
        if members.count < 16 { return members.contains { $0.name.isSame(as: name) } }
        if members.count == 16 { seen = Set(members.map { Array($0.name.utf8) }) }
        return !seen.insert(Array(name.utf8)).inserted
    }

    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        var isInteger = true
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leading = position
        guard digits() > 0 else { throw error(.invalidNumber) }
        if bytes[leading] == UInt8(ascii: "0"), position - leading > 1 {
            throw error(.invalidNumber, at: leading + 1)
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard digits() > 0 else { throw error(.invalidNumber) }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D {
                position += 1
            }
            guard digits() > 0 else { throw error(.invalidNumber) }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard let value = Double(text), value.isFinite else {
            throw error(.invalidNumber, at: start)
        }
        return .number(value)
    }

    mutating func digits() -> Int {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position - start
    }

    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        var isASCII = true
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let slice = UnsafeBufferPointer(rebasing: bytes[start..<position])
                // What is ASCII needs no validation, which costs more than the copy.
                let text =
                    isASCII
                    ? String(decoding: slice, as: UTF8.self)
                    : String(validating: slice, as: UTF8.self)
                guard let text else { throw invalidUTF8(from: start, to: position) }
                position += 1
                return text
            case 0x80...0xFF:
                isASCII = false
                position += 1
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw error(.controlCharacter)
            default: position += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var unescaped = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: unescaped, as: UTF8.self) else {
                    // Escapes are ASCII, so the text as written is wrong at the same place.
                    throw invalidUTF8(from: start, to: position)
                }
                position += 1
                return text
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &unescaped)
            case 0..<0x20: throw error(.controlCharacter)
            default:
                unescaped.append(byte)
                position += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        // A digit that is none is told where it stands, what was read whole where it begins.
        let start = position - 1
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            var unit = UInt32(try hexUnit())
            if (0xD800..<0xDC00).contains(unit) {
                try expect(UInt8(ascii: "\\"))
                try expect(UInt8(ascii: "u"))
                let low = UInt32(try hexUnit())
                guard (0xDC00..<0xE000).contains(low) else {
                    throw error(.invalidEscape, at: start)
                }
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else {
                throw error(.invalidEscape, at: start)
            }
            unescaped.append(contentsOf: Character(scalar).utf8)
        default: throw error(.invalidEscape, at: start)
        }
    }

    mutating func hexUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard position < bytes.count,
                let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else { throw error(.invalidEscape) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
