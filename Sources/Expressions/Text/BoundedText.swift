// A text under construction that stops growing at a limit.

/// Collects the pieces of a text until they are too many.
struct BoundedText {
    private var bytes: [UInt8] = []
    private let limitBytes: Int
    /// Whether a piece did not fit.
    private(set) var isOverflown = false

    init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    /// Adds a piece, or notes that it does not fit.
    mutating func append(_ piece: some Collection<UInt8>) {
        guard !isOverflown, piece.count <= limitBytes - bytes.count else {
            isOverflown = true
            return
        }
        bytes.append(contentsOf: piece)
    }

    /// The text; nil when a piece did not fit.
    var text: String? {
        isOverflown ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
