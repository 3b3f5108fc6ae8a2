// Search for a sequence of units, in time that grows with the text and not with the pattern.

/// A pattern made ready to be searched (Knuth, Morris and Pratt).
struct OrdinalSearch<Unit: Equatable> {
    private let pattern: [Unit]
    /// For each length, how much of the beginning is also the end of that much of the pattern.
    private let borders: [Int]

    init(_ units: some Sequence<Unit>) {
        pattern = Array(units)
        var borders = [0]
        for index in pattern.indices.dropFirst() {
            var length = borders[index - 1]
            while length > 0, pattern[length] != pattern[index] { length = borders[length - 1] }
            borders.append(pattern[length] == pattern[index] ? length + 1 : 0)
        }
        self.borders = borders
    }

    /// The first occurrence at or after a position; the empty pattern is found at once.
    func firstRange(in units: [Unit], from position: Int = 0) -> Range<Int>? {
        guard position <= units.count - pattern.count else { return nil }
        guard !pattern.isEmpty else { return position..<position }
        var matched = 0
        for index in position..<units.count {
            while matched > 0, units[index] != pattern[matched] { matched = borders[matched - 1] }
            if units[index] == pattern[matched] { matched += 1 }
            if matched == pattern.count { return index + 1 - matched..<index + 1 }
        }
        return nil
    }
}
