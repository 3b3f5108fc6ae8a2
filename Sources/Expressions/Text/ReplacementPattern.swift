// .NET's replacement patterns: text with references to the groups of a match.

/// A replacement text, taken apart once for all matches.
struct ReplacementPattern {
    private enum Piece {
        case literal([UInt8])
        /// The first of some groups that matched; several share one name.
        case groups([Int])
        case wholeMatch
        case beforeMatch
        case afterMatch
        case wholeText
    }

    private var pieces: [Piece] = []

    /// Takes a replacement apart; a `$` that starts no reference stands for itself.
    init(_ replacement: String, for expression: RegularExpression) {
        let bytes = Array(replacement.utf8)
        let numbering = Self.numbering(of: expression)
        var literal: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "$"),
                let (piece, end) = Self.reference(bytes, position + 1, expression, numbering)
            {
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = []
                pieces.append(piece)
                position = end
            } else {
                literal.append(bytes[position])
                position += 1
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
    }

    /// Adds the replacement of one match to a text.
    func append(
        _ match: RegularExpression.Match, in subject: [UInt8], to text: inout BoundedText
    ) {
        for piece in pieces {
            switch piece {
            case .literal(let bytes): text.append(bytes)
            case .groups(let numbers):
                if let range = match.firstGroup(of: numbers) { text.append(subject[range]) }
            case .wholeMatch: text.append(subject[match.range])
            case .beforeMatch: text.append(subject[..<match.range.lowerBound])
            case .afterMatch: text.append(subject[match.range.upperBound...])
            case .wholeText: text.append(subject)
            }
        }
    }

    /// .NET's numbers of the groups: unnamed ones from left to right, then the named ones.
    private static func numbering(of expression: RegularExpression) -> [[Int]] {
        let named = expression.groupNumbers.values.map { $0.sorted() }
        let isNamed = Set(named.joined())
        let unnamed = (0...expression.groupCount).filter { !isNamed.contains($0) }.map { [$0] }
        return unnamed + named.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The reference after a `$`, and where it ends.
    private static func reference(
        _ bytes: [UInt8], _ start: Int, _ expression: RegularExpression, _ numbering: [[Int]]
    ) -> (Piece, Int)? {
        guard start < bytes.count else { return nil }
        switch bytes[start] {
        case UInt8(ascii: "$"): return (.literal([UInt8(ascii: "$")]), start + 1)
        case UInt8(ascii: "&"): return (.wholeMatch, start + 1)
        case UInt8(ascii: "`"): return (.beforeMatch, start + 1)
        case UInt8(ascii: "'"): return (.afterMatch, start + 1)
        case UInt8(ascii: "_"): return (.wholeText, start + 1)
        case UInt8(ascii: "+"): return (.groups(numbering.last ?? [0]), start + 1)
        case UInt8(ascii: "{"):
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
            let groups = expression.groupNumbers[name] ?? numbered(name, in: numbering)
            return groups.map { (.groups($0), end + 1) }
        default:
            let digits = bytes[start...].prefix { (0x30...0x39).contains($0) }
            let groups = numbered(String(decoding: digits, as: UTF8.self), in: numbering)
            return groups.map { (.groups($0), digits.endIndex) }
        }
    }

    private static func numbered(_ digits: String, in numbering: [[Int]]) -> [Int]? {
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
            number < numbering.count
        else { return nil }
        return numbering[number]
    }
}
