// What is JSON, what is not, and where a text that is not goes wrong.

import Model
import Testing

struct JSONParserTests {
    // MARK: Accepted

    private static let accepted: [(text: String, value: JSONValue)] = [
        ("null", nil), ("true", true), ("false", false),
        (" \t\n\r0 \t\n\r", 0), ("\u{FEFF}[]", []),
        ("0", 0), ("-0", 0), ("-1", -1), ("10", 10),
        ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        ("-9223372036854775809", .number(-9_223_372_036_854_775_808)),
        ("123456789012345678901234567890", .number(1.2345678901234568e29)),
        ("0.5", .number(0.5)), ("-0.0", .number(0)), ("1.0", .number(1)),
        ("1e2", .number(100)), ("1E+2", .number(100)), ("25e-1", .number(2.5)),
        ("0e0", .number(0)), ("1e-999", .number(0)),
        ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
        (#""""#, ""), (#""a/b""#, "a/b"),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00e9\u00E9\u20AC""#, "A\u{E9}\u{E9}\u{20AC}"),
        (#""\u0000""#, "\u{0}"), (#""\uFFFF""#, "\u{FFFF}"),
        (#""\uD83D\uDE00""#, "\u{1F600}"), (#""\udbff\udfff""#, "\u{10FFFF}"),
        ("\"\u{1F600}\u{7F}\u{2028}\"", "\u{1F600}\u{7F}\u{2028}"),
        ("[]", []), ("[ ]", []), ("[1,[2],{}]", [1, [2], [:]]),
        ("{}", [:]), ("{ }", [:]), (#"{"":1}"#, ["": 1]),
        (#"{ "b" : 1 , "a" : [ null ] }"#, ["b": 1, "a": [nil]]),
        (#"{"A":1,"a":2}"#, ["A": 1, "a": 2]),
    ]

    @Test(arguments: accepted)
    func accepts(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test func keepsTheOrderOfMembers() throws {
        let names = (0..<50).map { "m\(($0 * 37) % 50)" }
        let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        #expect(try JSONValue(parsing: text).object?.names == names)
    }

    @Test func readsSlicesAndCollectionsWithoutStorage() throws {
        let bytes = Array("xx[1]yy".utf8)
        #expect(try JSONValue(parsing: bytes[2..<5]) == [1])
        #expect(try JSONValue(parsing: bytes.lazy.filter { $0 < 0x78 }) == [1])
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: bytes[2..<4]) }
        #expect(error?.reason == .unexpectedEnd)
        #expect(error?.offset == 2)
    }

    @Test func comparesMemberNamesByteByByte() throws {
        // Composed and decomposed: two names (RFC 8259, 8.3), though canonically equivalent.
        let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value.object?.members.map(\.value) == [1, 2])
    }

    // MARK: Rejected

    /// An arrow stands before the byte that the error must point at; between two of them the error
    /// may point anywhere: what is wrong there is wrong as a whole.
    private static let rejected: [(text: String, reason: JSONError.Reason)] = [
        ("↓", .unexpectedEnd), (" \n↓", .unexpectedEnd), ("\u{FEFF}↓", .unexpectedEnd),
        ("[↓", .unexpectedEnd), ("[1↓", .unexpectedEnd), ("[1,↓", .unexpectedEnd),
        ("{↓", .unexpectedEnd), (#"{"a"↓"#, .unexpectedEnd), (#"{"a":↓"#, .unexpectedEnd),
        (#"{"a":1↓"#, .unexpectedEnd), (#"{"a":1,↓"#, .unexpectedEnd),
        (#""↓"#, .unexpectedEnd), (#""abc↓"#, .unexpectedEnd), (#""\n↓"#, .unexpectedEnd),
        (#""\↓"#, .unexpectedEnd), ("nul↓", .unexpectedEnd),

        ("↓}", .unexpectedByte(0x7D)), ("[↓,1]", .unexpectedByte(0x2C)),
        ("[1,↓]", .unexpectedByte(0x5D)), ("[1,↓,2]", .unexpectedByte(0x2C)),
        ("[1 ↓2]", .unexpectedByte(0x32)), ("[1↓}", .unexpectedByte(0x7D)),
        ("{↓1:2}", .unexpectedByte(0x31)), ("{↓a:1}", .unexpectedByte(0x61)),
        ("{↓'a':1}", .unexpectedByte(0x27)), (#"{"a" ↓1}"#, .unexpectedByte(0x31)),
        (#"{"a":↓}"#, .unexpectedByte(0x7D)), (#"{"a":1,↓}"#, .unexpectedByte(0x7D)),
        (#"{"a":1 ↓"b":2}"#, .unexpectedByte(0x22)), (#"{"a":1↓]"#, .unexpectedByte(0x5D)),
        ("tru↓x", .unexpectedByte(0x78)), ("nul↓L", .unexpectedByte(0x4C)),
        ("↓True", .unexpectedByte(0x54)), ("↓NaN", .unexpectedByte(0x4E)),
        ("↓Infinity", .unexpectedByte(0x49)), ("↓+1", .unexpectedByte(0x2B)),
        ("↓.5", .unexpectedByte(0x2E)), ("↓'a'", .unexpectedByte(0x27)),
        ("↓/**/1", .unexpectedByte(0x2F)), ("[↓//\n1]", .unexpectedByte(0x2F)),
        ("↓\u{A0}1", .unexpectedByte(0xC2)), ("↓\u{B}1", .unexpectedByte(0x0B)),
        ("↓\u{C}1", .unexpectedByte(0x0C)), ("[↓\u{FEFF}1]", .unexpectedByte(0xEF)),
        (#""\uD800↓x""#, .unexpectedByte(0x78)), (#""\uD800\↓n""#, .unexpectedByte(0x6E)),
        (#""\uD800↓""#, .unexpectedByte(0x22)),

        ("-↓", .invalidNumber), ("-↓a", .invalidNumber), ("-↓Infinity", .invalidNumber),
        ("-↓.5", .invalidNumber), ("1.↓", .invalidNumber), ("[1.↓]", .invalidNumber),
        ("1.↓e1", .invalidNumber), ("1e↓", .invalidNumber), ("1e+↓", .invalidNumber),
        ("1e-↓x", .invalidNumber),

        (#""a↓"# + "\u{1}\"", .controlCharacter), (#""↓"# + "\n\"", .controlCharacter),
        (#""↓"# + "\u{0}\"", .controlCharacter), (#"{"↓"# + "\u{1F}\":1}", .controlCharacter),

        (#""\u↓""#, .invalidEscape), (#""\u12↓G4""#, .invalidEscape),
        (#""\u123↓""#, .invalidEscape), (#""\u↓-123""#, .invalidEscape),
        (#""\u↓ 123""#, .invalidEscape), (#""\uD800\u↓""#, .invalidEscape),

        ("1 ↓2", .trailingBytes), ("[]↓]", .trailingBytes),
        ("{}↓,", .trailingBytes), ("null↓x", .trailingBytes), ("0↓x10", .trailingBytes),
        ("1↓\u{0}", .trailingBytes), (#""a"↓"b""#, .trailingBytes),
    ]

    @Test(arguments: rejected)
    func pointsAtTheByteThatIsWrong(text: String, reason: JSONError.Reason) {
        let marked = MarkedText(text)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: marked.bytes) }
        #expect(error?.offset == marked.offsets.lowerBound)
    }

    /// What was read as a whole before it was found to be wrong.
    private static let wrongAsAWhole: [(text: String, reason: JSONError.Reason)] = [
        ("0↓1↓", .invalidNumber), ("-0↓0↓", .invalidNumber), ("[↓01↓]", .invalidNumber),
        ("↓1e999↓", .invalidNumber), ("[↓-1e999↓]", .invalidNumber),
        (#""↓\x↓""#, .invalidEscape), (#""↓\U0041↓""#, .invalidEscape),
        (#""↓\uDC00↓""#, .invalidEscape), (#""↓\uD800\uD800↓""#, .invalidEscape),
        (#""↓\uD800\u0041↓""#, .invalidEscape), (#""↓\uD800\uE000↓""#, .invalidEscape),
        (#""\n↓"# + "\u{1}↓\"", .controlCharacter),
        (#""\u0041↓"# + "\n↓\"", .controlCharacter),
        (#"{"a":1,↓"a"↓:2}"#, .duplicateMember("a")),
        (#"{"a":1,↓"\u0061"↓:2}"#, .duplicateMember("a")),
        (#"[{"b":{"a":1},"a":2,↓"a"↓:3}]"#, .duplicateMember("a")),
    ]

    @Test(arguments: rejected + wrongAsAWhole)
    func rejectsForTheReason(text: String, reason: JSONError.Reason) {
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: MarkedText(text).bytes)
        }
        #expect(error?.reason == reason)
    }

    @Test(arguments: wrongAsAWhole)
    func pointsIntoTheTokenThatIsWrong(text: String, reason: JSONError.Reason) throws {
        let marked = MarkedText(text)
        let error = try #require(
            #expect(throws: JSONError.self) { try JSONValue(parsing: marked.bytes) })
        #expect(marked.offsets.contains(error.offset), "points at \(error.offset)")
    }

    /// Bytes between quotes that are no UTF-8, and where the first bad sequence ends.
    private static let invalidUTF8: [(bytes: [UInt8], end: Int)] = [
        ([0x22, 0x80, 0x61, 0x61, 0x22], 2),
        ([0x22, 0xFF, 0x61, 0x61, 0x22], 2),
        ([0x22, 0xC0, 0xAF, 0x61, 0x22], 3),
        ([0x22, 0xC3, 0x28, 0x61, 0x22], 3),
        ([0x22, 0xE2, 0x82, 0x22, 0x61], 3),
        ([0x22, 0xED, 0xA0, 0x80, 0x61, 0x22], 4),
        ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x61, 0x22], 5),
        ([0x22, 0x5C, 0x6E, 0x80, 0x61, 0x61, 0x22], 4),
    ]

    @Test(arguments: invalidUTF8)
    func rejectsInvalidUTF8(bytes: [UInt8], end: Int) {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
        #expect(error?.reason == .invalidUTF8)
    }

    @Test(arguments: invalidUTF8)
    func pointsNotBehindInvalidUTF8(bytes: [UInt8], end: Int) throws {
        let error = try #require(
            #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) })
        #expect(error.offset < end, "points at \(error.offset), behind what is wrong")
    }

    @Test func rejectsBytesOutsideOfStringsThatAreNoText() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: [0x5B, 0xFF, 0x5D]) }
        #expect(error?.reason == .unexpectedByte(0xFF))
        #expect(error?.offset == 1)
    }

    // MARK: Members that occur twice

    @Test(arguments: [1, 2, 15, 16, 17, 18, 40, 1_000])
    func findsTheRepeatedMemberAmong(count: Int) throws {
        let members = (0..<count).map { "\"m\($0)\":\($0)" }
        let unique = "{" + members.joined(separator: ",") + "}"
        #expect(try JSONValue(parsing: unique).object?.members.count == count)
        for repeated in Set([0, count / 2, count - 1]) {
            let text = "{" + members.joined(separator: ",") + ",\"m\(repeated)\":0}"
            let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
            #expect(error?.reason == .duplicateMember("m\(repeated)"))
        }
    }

    @Test func aRepeatAmongManyIsFoundBeforeTheNextMemberIsRead() {
        let members = (0..<20).map { "\"m\($0)\":0" }.joined(separator: ",")
        let error = #expect(throws: JSONError.self) {
            try JSONValue(parsing: "{\(members),\"m18\":0,\"m19\":!}")
        }
        #expect(error?.reason == .duplicateMember("m18"))
    }

    // MARK: Depth

    private static func nested(_ levels: Int, around inner: String, isObject: Bool) -> String {
        let open = isObject ? "{\"a\":" : "["
        let close = isObject ? "}" : "]"
        return String(repeating: open, count: levels) + inner
            + String(repeating: close, count: levels)
    }

    @Test(arguments: [false, true], ["[]", "{}"])
    func takesAsManyLevelsAsTheLimit(isObject: Bool, inner: String) throws {
        let text = JSONParserTests.nested(Limits.jsonDepth - 1, around: inner, isObject: isObject)
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test(arguments: [false, true])
    func aValueInTheDeepestLevelIsNoFurtherLevel(isObject: Bool) throws {
        let text = JSONParserTests.nested(Limits.jsonDepth, around: "0", isObject: isObject)
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test(arguments: [false, true], ["[]", "{}"])
    func refusesOneLevelMore(isObject: Bool, inner: String) {
        let text = JSONParserTests.nested(Limits.jsonDepth, around: inner, isObject: isObject)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        let offset = Limits.jsonDepth * (isObject ? 5 : 1)
        #expect(error?.reason == .tooDeep(limit: Limits.jsonDepth))
        #expect(error?.offset == offset)
    }

    @Test func refusesHostileDepthWithoutRecursion() {
        let text = String(repeating: "[", count: 1_000_000)
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
        #expect(error?.reason == .tooDeep(limit: Limits.jsonDepth))
    }
}

/// A text with one or two arrows taken out, and the offsets that they enclose.
private struct MarkedText {
    let bytes: [UInt8]
    let offsets: Range<Int>

    init(_ text: String) {
        let parts = text.split(separator: "↓", omittingEmptySubsequences: false)
        bytes = parts.flatMap { Array($0.utf8) }
        let first = parts[0].utf8.count
        offsets = first..<first + (parts.count > 2 ? parts[1].utf8.count : 1)
    }
}
