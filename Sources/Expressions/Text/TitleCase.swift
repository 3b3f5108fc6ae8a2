// Title case: .NET's word breaks, or separators of one's own.

/// Proper case as `PCase` gives it; both forms start from lower case.
enum TitleCase {
    /// Capitalises the first letter after each separator and at the start.
    static func apply(to text: String, separators: String) -> String {
        let separators = Set(separators.unicodeScalars)
        var result = String.UnicodeScalarView()
        var isAtStart = true
        for scalar in CaseMapping.lowercased(text).unicodeScalars {
            result.append(isAtStart ? CaseMapping.titlecased(scalar) : scalar)
            isAtStart = separators.contains(scalar)
        }
        return String(result)
    }

    /// Capitalises the first letter of each word as .NET's `ToTitleCase` finds them.
    ///
    /// A word starts at a letter and goes on over letters, marks, digits and apostrophes:
    /// `o'neil` is one word, `mary-jane` two; a letter after leading digits starts a word.
    static func apply(to text: String) -> String {
        var result = String.UnicodeScalarView()
        var isInWord = false
        for scalar in CaseMapping.lowercased(text).unicodeScalars {
            let category = scalar.properties.generalCategory
            if isInWord {
                isInWord = scalar == "'" || !isSeparator(category)
                result.append(scalar)
            } else if isLetter(category) {
                isInWord = true
                result.append(CaseMapping.titlecased(scalar))
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func isLetter(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            true
        default:
            false
        }
    }

    private static func isSeparator(_ category: Unicode.GeneralCategory) -> Bool {
        switch category {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format,
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol:
            true
        default:
            false
        }
    }
}
