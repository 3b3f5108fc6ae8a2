// Upper and lower case as .NET has them: one character for one, by the rules of a culture.

/// .NET's casing, which never changes the length of a text: `ß` stays `ß`.
enum CaseMapping {
    static func uppercased(_ text: String, in culture: Culture = .invariant) -> String {
        map(text) { upper($0, culture) }
    }

    static func lowercased(_ text: String, in culture: Culture = .invariant) -> String {
        map(text) { lower($0, culture) }
    }

    /// The letter that begins a word in title case: `ǆ` becomes `ǅ`.
    static func titlecased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let title = only(scalar.properties.titlecaseMapping) ?? upper(scalar, .invariant)
        return staysInInvariant(scalar) ? scalar : title
    }

    private static func map(
        _ text: String, _ transform: (Unicode.Scalar) -> Unicode.Scalar
    ) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(transform(scalar)) }
        return String(result)
    }

    private static func upper(_ scalar: Unicode.Scalar, _ culture: Culture) -> Unicode.Scalar {
        switch (scalar, culture) {
        case ("i", .turkic): return "\u{130}"
        case ("\u{131}", .turkic): return "I"
        case _ where culture == .invariant && staysInInvariant(scalar): return scalar
        case _ where scalar.isASCII:
            return "a"..."z" ~= scalar ? shifted(scalar, by: -32) : scalar
        default:
            // Where the full mapping has several characters, the simple one, if there is any, is
            // the title case: U+1FB3 becomes U+1FBC, but U+00DF stays.
            return only(scalar.properties.uppercaseMapping)
                ?? only(scalar.properties.titlecaseMapping) ?? scalar
        }
    }

    private static func lower(_ scalar: Unicode.Scalar, _ culture: Culture) -> Unicode.Scalar {
        switch (scalar, culture) {
        case ("I", .turkic): return "\u{131}"
        case ("\u{130}", .turkic): return "i"
        case _ where culture == .invariant && staysInInvariant(scalar): return scalar
        case ("\u{130}", _): return "i"
        case _ where scalar.isASCII:
            return "A"..."Z" ~= scalar ? shifted(scalar, by: 32) : scalar
        default: return only(scalar.properties.lowercaseMapping) ?? scalar
        }
    }

    /// Letters outside ASCII whose counterpart is in ASCII stay as they are in the invariant
    /// culture: dotted I, dotless i and long s.
    ///
    /// Unverified: the long s; Windows and ICU are known to differ in such letters.
    private static func staysInInvariant(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{130}" || scalar == "\u{131}" || scalar == "\u{17F}"
    }

    private static func shifted(_ scalar: Unicode.Scalar, by distance: Int32) -> Unicode.Scalar {
        Unicode.Scalar(UInt32(Int32(scalar.value) + distance)) ?? scalar
    }

    private static func only(_ mapping: String) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        guard let first = scalars.first, scalars.dropFirst().isEmpty else { return nil }
        return first
    }
}
