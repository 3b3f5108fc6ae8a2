// Patterns that paths and URLs are matched by.

/// A pattern such as `/v1.0/users` or `/scim/*/Users`; ASCII case does not count.
///
/// `*` stands for any text, slashes included. A pattern without `*` also fits everything below it:
/// `/v1.0/users` fits `/v1.0/users/42`, and not `/v1.0/usersOfMine`.
public struct PathPattern: Sendable, Equatable {
    /// The pattern as written.
    public let text: String
    private let pieces: [[UInt8]]

    /// Makes a pattern; every text is one.
    public init(_ text: String) {
        self.text = text
        var pattern = text
        while pattern.count > 1, pattern.last == "/" { pattern.removeLast() }
        pieces = PathPattern.folded(pattern)
            .split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether a path fits.
    public func matches(_ path: String) -> Bool {
        let path = PathPattern.folded(path)
        guard let first = pieces.first, path.starts(with: first) else { return false }
        var rest = path.dropFirst(first.count)
        guard pieces.count > 1 else {
            return rest.isEmpty || rest.first == UInt8(ascii: "/")
                || first.last == UInt8(ascii: "/")
        }
        for piece in pieces[1..<(pieces.count - 1)] {
            guard let end = PathPattern.end(of: piece, in: rest) else { return false }
            rest = rest[end...]
        }
        let last = pieces[pieces.count - 1]
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    private static func end(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard !piece.isEmpty else { return text.startIndex }
        guard text.count >= piece.count else { return nil }
        for start in text.startIndex...(text.endIndex - piece.count)
        where text[start] == piece[0] && text[start..<(start + piece.count)].elementsEqual(piece) {
            return start + piece.count
        }
        return nil
    }
}
