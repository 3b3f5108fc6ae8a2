// .NET's DateTimeStyles, by name.

/// The options of date parsing, as `FormatDateTime` takes them.
struct DateTimeStyles: OptionSet, Hashable, Sendable {
    let rawValue: Int

    static let allowLeadingWhite = DateTimeStyles(rawValue: 0x01)
    static let allowTrailingWhite = DateTimeStyles(rawValue: 0x02)
    static let allowInnerWhite = DateTimeStyles(rawValue: 0x04)
    static let noCurrentDateDefault = DateTimeStyles(rawValue: 0x08)
    static let adjustToUniversal = DateTimeStyles(rawValue: 0x10)
    static let assumeLocal = DateTimeStyles(rawValue: 0x20)
    static let assumeUniversal = DateTimeStyles(rawValue: 0x40)
    static let roundtripKind = DateTimeStyles(rawValue: 0x80)

    /// The styles of a blank argument, as the service documents them.
    static let standard: DateTimeStyles = [.roundtripKind, .allowLeadingWhite, .allowTrailingWhite]

    private static let names: [String: DateTimeStyles] = [
        "None": [],
        "AllowLeadingWhite": .allowLeadingWhite,
        "AllowTrailingWhite": .allowTrailingWhite,
        "AllowInnerWhite": .allowInnerWhite,
        "AllowWhiteSpaces": [.allowLeadingWhite, .allowTrailingWhite, .allowInnerWhite],
        "NoCurrentDateDefault": .noCurrentDateDefault,
        "AdjustToUniversal": .adjustToUniversal,
        "AssumeLocal": .assumeLocal,
        "AssumeUniversal": .assumeUniversal,
        "RoundtripKind": .roundtripKind,
    ]

    /// Reads names separated by commas, each with or without `DateTimeStyles.` before it.
    ///
    /// - Returns: nil for an unknown name and for styles that .NET refuses together.
    init?(parsing text: String) {
        var styles: DateTimeStyles = []
        for part in OrdinalText.split(text, at: ",") {
            var name = Substring(part)
            while name.first == " " { name.removeFirst() }
            while name.last == " " { name.removeLast() }
            if name.hasPrefix("DateTimeStyles.") { name = name.dropFirst("DateTimeStyles.".count) }
            guard let style = Self.names[String(name)] else { return nil }
            styles.formUnion(style)
        }
        let assumptions: DateTimeStyles = [.assumeLocal, .assumeUniversal]
        let others: DateTimeStyles = [.assumeLocal, .assumeUniversal, .adjustToUniversal]
        guard !styles.isSuperset(of: assumptions) else { return nil }
        guard !styles.contains(.roundtripKind) || styles.isDisjoint(with: others) else {
            return nil
        }
        self = styles
    }

    init(rawValue: Int) {
        self.rawValue = rawValue
    }
}
