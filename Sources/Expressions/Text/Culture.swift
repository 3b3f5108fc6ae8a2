// The cultures of ToLower and ToUpper: which of .NET's three kinds of casing they have.

/// A culture, as far as casing knows it.
enum Culture: Hashable, Sendable {
    /// The invariant culture, which an omitted argument means.
    case invariant
    /// Turkish and Azeri, where `i` and `ı` are different letters in both cases.
    case turkic
    /// Any other; all of them case alike in .NET, Lithuanian included.
    case other

    /// Reads a culture name such as `tr-TR`, whatever its case; the empty one is invariant.
    ///
    /// Differs from Entra: any well-formed name is taken, also one of no known language.
    /// - Returns: nil for a name that is not well formed.
    init?(named name: String) {
        guard !name.isEmpty else {
            self = .invariant
            return
        }
        let subtags = OrdinalText.split(name.lowercased(), at: "-")
        guard name.utf8.count <= 85, let language = subtags.first,
            (2...8).contains(language.utf8.count), language.utf8.allSatisfy(Self.isLetter),
            subtags.dropFirst().allSatisfy(Self.isSubtag)
        else { return nil }
        self = ["tr", "az"].contains(language) ? .turkic : .other
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte)
    }

    private static func isSubtag(_ subtag: String) -> Bool {
        (1...8).contains(subtag.utf8.count)
            && subtag.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }
}
