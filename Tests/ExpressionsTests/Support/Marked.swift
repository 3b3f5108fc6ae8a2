// Texts with an arrow where an error must point.

/// An expression with the place of its error: `Append([a] ↓"b")`.
struct Marked: Sendable, CustomStringConvertible {
    let text: String
    /// The UTF-8 offset of the arrow in the text without it.
    let offset: Int
    let description: String

    init(_ marked: String) {
        let parts = marked.split(separator: "↓", maxSplits: 1, omittingEmptySubsequences: false)
        text = parts.joined()
        offset = parts.first?.utf8.count ?? 0
        description = marked
    }
}
