// Where the next page of a list begins.

import HTTP
import Model

/// The opaque value of `$skiptoken`: the place of the last object of the page before.
///
/// Shape: `m~<number>`, with `~n`, `~i<number>` or `~t<text>` where the list is sorted by a key; numbers
/// are of base 36, text is the hexadecimal digits of its UTF-8.
enum PageToken {
    private static let prefix = "m~"

    /// The place after which the page begins; nil without a token.
    ///
    /// - Throws: `GraphError.expiredPage` for a token that was not made here.
    static func read(_ token: String?) throws(GraphError) -> PagePlace? {
        guard let token else { return nil }
        guard token.hasPrefix(prefix), token.utf8.count < 4_096 else { throw .expiredPage }
        let parts = token.dropFirst(prefix.count).split(
            separator: "~", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let sequence = Int64(parts[0], radix: 36) else {
            throw .expiredPage
        }
        guard parts.count == 2 else { return PagePlace(sequence: sequence) }
        let value = parts[1].dropFirst()
        switch parts[1].first {
        case "n" where value.isEmpty: return PagePlace(key: .null, sequence: sequence)
        case "i":
            guard let number = Int64(value, radix: 36) else { throw .expiredPage }
            return PagePlace(key: .integer(number), sequence: sequence)
        case "t":
            guard let text = PageToken.text(value) else { throw .expiredPage }
            return PagePlace(key: .text(text), sequence: sequence)
        default: throw .expiredPage
        }
    }

    /// The token of a place.
    static func token(_ place: PagePlace) -> String {
        let number = prefix + String(place.sequence, radix: 36)
        switch place.key {
        case .none: return number
        case .null: return number + "~n"
        case .integer(let key): return number + "~i" + String(key, radix: 36)
        case .text(let text): return number + "~t" + hexadecimal(text)
        }
    }

    /// The link to the page after a place: absolute, with all options of the request.
    static func link(after place: PagePlace, of call: GraphCall) -> String {
        var options = (call.request.query ?? "").split(separator: "&").filter { option in
            let name = option.prefix { $0 != "=" }.lowercased()
            return name != "$skiptoken" && name != "%24skiptoken"
        }.map(String.init)
        options.append("$skiptoken=" + token(place))
        return call.baseURL + "/" + call.version + "/" + call.path + "?"
            + options.joined(separator: "&")
    }

    /// The digits of a text's bytes.
    static func hexadecimal(_ text: String) -> String {
        var digits: [UInt8] = []
        for byte in text.utf8 {
            for digit in [byte >> 4, byte & 15] {
                digits.append(digit < 10 ? 48 + digit : 87 + digit)
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The text of digits; nil for what are none, or no UTF-8.
    static func text(_ digits: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = digits
        guard digits.utf8.count % 2 == 0 else { return nil }
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16), rest.first != "+" else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
