// Random values written and read again, and random damage to what was written.

import Model
import Support
import Testing

struct JSONRoundTripTests {
    @Test(arguments: 1...20)
    func whatIsWrittenIsReadAgain(seed: UInt64) throws {
        var source = RandomJSON(seed: seed)
        for _ in 0..<50 {
            let value = source.value(depth: 0)
            let compact = try JSONValue(parsing: value.bytes)
            #expect(compact == value)
            #expect(compact.bytes == value.bytes)
            #expect(try JSONValue(parsing: value.prettyText) == value)
        }
    }

    /// Whatever a damaged text is taken for, it is refused with an offset inside of the text, or
    /// is a value whose own text means the same.
    @Test(arguments: 1...20)
    func damageIsRefusedOrReadAsItStands(seed: UInt64) throws {
        var source = RandomJSON(seed: seed)
        var refused = 0
        for _ in 0..<200 {
            var bytes = source.value(depth: 0).bytes
            for _ in 0..<Int.random(in: 1...3, using: &source.generator) {
                source.damage(&bytes)
            }
            do throws(JSONError) {
                let value = try JSONValue(parsing: bytes)
                #expect(try JSONValue(parsing: value.bytes) == value)
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.offset))
            }
        }
        #expect(refused > 0)
    }
}

/// Values and damage out of a seed.
private struct RandomJSON {
    var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(state: seed) }

    mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < 5 ? 9 : 7), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(.random(in: .min ... .max, using: &generator))
        case 3: return .integer(.random(in: -9...9, using: &generator))
        case 4:
            let number = Double(bitPattern: generator.next())
            return .number(number.isFinite ? number : 0.5)
        case 5, 6: return .string(text())
        case 7:
            return .array((0..<count()).map { _ in value(depth: depth + 1) })
        default:
            return .object(
                JSONObject((0..<count()).map { ("\($0)" + text(), value(depth: depth + 1)) }))
        }
    }

    private mutating func count() -> Int {
        // Now and then so many members that the parser changes how it looks for repeats.
        Int.random(in: 0..<10, using: &generator) == 0
            ? 30 : Int.random(in: 0..<5, using: &generator)
    }

    private mutating func text() -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0x00...0x7F, 0x20...0x22, 0x5C...0x5C, 0x80...0x7FF, 0x800...0xD7FF,
            0xE000...0xFFFF, 0x10000...0x10FFFF,
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<8, using: &generator) {
            let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
            let number = UInt32.random(in: range, using: &generator)
            if let scalar = Unicode.Scalar(number) { scalars.append(scalar) }
        }
        return String(scalars)
    }

    mutating func damage(_ bytes: inout [UInt8]) {
        let position = Int.random(in: 0..<max(1, bytes.count), using: &generator)
        let marks = Array("{}[],:\"\\u0e-.\u{7F}".utf8) + [0x00, 0x1F, 0x80, 0xFF]
        let mark = marks[Int.random(in: 0..<marks.count, using: &generator)]
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where !bytes.isEmpty: bytes.remove(at: position)
        case 1 where !bytes.isEmpty: bytes[position] = mark
        case 2: bytes.removeLast(min(bytes.count, position))
        default: bytes.insert(mark, at: position)
        }
    }
}
