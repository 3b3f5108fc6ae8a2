// A filter's text as tokens.

/// A word, a constant or a mark of a filter.
enum FilterToken: Equatable, Sendable {
    case word(String)
    case string(String)
    case open, close, comma
}

extension FilterToken {
    /// Takes a text apart; words are whatever stands between blanks, parentheses, commas, quotes.
    ///
    /// - Throws: `FilterSyntaxError.unterminatedString`.
    static func tokens(of text: String) throws(FilterSyntaxError) -> [FilterToken] {
        var tokens: [FilterToken] = []
        let bytes = Array(text.utf8)
        var index = 0
        func decoded(_ part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            case 0x28:
                tokens.append(.open)
                index += 1
            case 0x29:
                tokens.append(.close)
                index += 1
            case 0x2C:
                tokens.append(.comma)
                index += 1
            case 0x27:
                var value: [UInt8] = []
                index += 1
                while true {
                    guard index < bytes.count else { throw .unterminatedString }
                    if bytes[index] == 0x27 {
                        guard index + 1 < bytes.count, bytes[index + 1] == 0x27 else { break }
                        index += 1
                    }
                    value.append(bytes[index])
                    index += 1
                }
                index += 1
                tokens.append(.string(decoded(value[...])))
            default:
                let start = index
                while index < bytes.count, !FilterToken.ends(bytes[index]) { index += 1 }
                tokens.append(.word(decoded(bytes[start..<index])))
            }
        }
        return tokens
    }

    private static func ends(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, 0x27, 0x28, 0x29, 0x2C: true
        default: false
        }
    }
}
