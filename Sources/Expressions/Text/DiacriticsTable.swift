// The letters NormalizeDiacritics replaces, from the service's own table.

/// The replacements of letters with diacritics.
enum DiacriticsTable {
    /// Replaces the table's letters, and drops the table's combining marks after a letter.
    ///
    /// The table is a list, no decomposition: `ŵ` and `đ` are not in it and stay.
    ///
    /// Unverified: the table lists sequences of a letter and one or two marks; here the marks
    /// they are made of are dropped after any letter of the table or of ASCII. It shows `œ` only
    /// with a macron; here `œ` alone is replaced too.
    static func normalize(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result = String.UnicodeScalarView()
        var isAfterLetter = false
        for scalar in text.unicodeScalars {
            if isAfterLetter, marks.contains(scalar) { continue }
            if let replacement = replacements[scalar] {
                result.append(contentsOf: replacement.unicodeScalars)
                isAfterLetter = true
            } else {
                result.append(scalar)
                isAfterLetter = scalar.isASCII && scalar.properties.isAlphabetic
            }
        }
        return String(result)
    }

    private static let rows: [(String, String)] = [
        ("äàâãåáąăāǟǡ", "a"), ("ÄÀÂÃÅÁĄĂĀǞǠ", "A"),
        ("æǣ", "ae"), ("ÆǢ", "AE"),
        ("çčć", "c"), ("ÇČĆ", "C"),
        ("ďḏ", "d"), ("ĎḎ", "D"),
        ("ëèéêęěėēḗḕ", "e"), ("ËÈÉÊĘĚĖĒḖḔ", "E"),
        ("ğḡ", "g"), ("ĞḠ", "G"),
        ("ïîìíıī", "i"), ("ÏÎÌÍİĪ", "I"),
        ("ľłḹḻ", "l"), ("ŁĽḸḺ", "L"),
        ("ñńňṉ", "n"), ("ÑŃŇṈ", "N"),
        ("öòőõôóōṓṑȫǭȭȱ", "o"), ("ÖÒŐÕÔÓŌṒṐȪǬȬȰ", "O"),
        ("øœ", "oe"), ("ØŒ", "OE"),
        ("řṟṝ", "r"), ("ŘṞṜ", "R"),
        ("ß", "ss"),
        ("šśșş", "s"), ("ŠŚȘŞ", "S"),
        ("ťțṯ", "t"), ("ŤȚṮ", "T"),
        ("üùûúůűūǖṻṳ", "u"), ("ÜÙÛÚŮŰŪǕṺṲ", "U"),
        ("ÿýȳ", "y"), ("ŸÝȲ", "Y"),
        ("źžżẕ", "z"), ("ŹŽŻẔ", "Z"),
    ]

    private static let replacements: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [:]
        for (letters, replacement) in rows {
            for letter in letters.unicodeScalars { table[letter] = replacement }
        }
        return table
    }()

    /// Grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, ring, double acute,
    /// caron, comma below, cedilla, ogonek, macron below.
    private static let marks: Set<Unicode.Scalar> = [
        "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}",
        "\u{30A}", "\u{30B}", "\u{30C}", "\u{326}", "\u{327}", "\u{328}", "\u{331}",
    ]
}
