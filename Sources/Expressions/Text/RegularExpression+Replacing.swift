// Searching and replacing with a compiled expression, as .NET's Regex does.

extension RegularExpression {
    /// Whether the pattern matches anywhere in a text.
    ///
    /// - Parameters:
    ///   - text: The text; at most `limits.subjectBytes` long.
    ///   - budget: The work allowed; what is used is taken from it.
    /// - Returns: Whether there is a match.
    /// - Throws: `Failure` when a limit is reached.
    public func isMatch(_ text: String, budget: inout Budget) throws(Failure) -> Bool {
        try !matches(in: Array(text.utf8), budget: &budget, maximum: 1).isEmpty
    }

    /// Replaces every match by a replacement pattern: `$1`, `${name}`, `$$`, `$&`, `` $` ``,
    /// `$'`, `$+`, `$_`.
    ///
    /// - Parameters:
    ///   - text: The text; at most `limits.subjectBytes` long.
    ///   - replacement: The replacement pattern; what names no group is taken as it stands.
    ///   - limitBytes: How large the result may be.
    ///   - budget: The work allowed; what is used is taken from it.
    /// - Returns: The text with its matches replaced.
    /// - Throws: `Failure` when a limit is reached.
    public func replacing(
        in text: String, with replacement: String, limitBytes: Int = .max,
        budget: inout Budget
    ) throws(Failure) -> String {
        let subject = Array(text.utf8)
        let pattern = ReplacementPattern(replacement, for: self)
        var result = BoundedText(limitBytes: limitBytes)
        var position = 0
        for match in try matches(in: subject, budget: &budget) {
            guard match.range.lowerBound >= position else { continue }
            result.append(subject[position..<match.range.lowerBound])
            pattern.append(match, in: subject, to: &result)
            position = match.range.upperBound
        }
        result.append(subject[position...])
        guard let replaced = result.text else { throw .resultTooLarge(limitBytes: limitBytes) }
        return replaced
    }

    /// Replaces, in every match, only what a named group matched.
    func replacing(
        group name: String, in text: String, with replacement: String, limitBytes: Int,
        budget: inout Budget
    ) throws(Failure) -> String {
        guard let numbers = groupNumbers[name] else { throw .groupUnknown(name) }
        let subject = Array(text.utf8)
        var result = BoundedText(limitBytes: limitBytes)
        var position = 0
        for match in try matches(in: subject, budget: &budget) {
            // A group in a lookaround may lie before what is already replaced.
            guard let range = match.firstGroup(of: numbers), range.lowerBound >= position else {
                continue
            }
            result.append(subject[position..<range.lowerBound])
            result.append(replacement.utf8)
            position = range.upperBound
        }
        result.append(subject[position...])
        guard let replaced = result.text else { throw .resultTooLarge(limitBytes: limitBytes) }
        return replaced
    }

    /// What a named group matched in the first match, nil when there is none.
    func firstValue(
        ofGroup name: String, in text: String, budget: inout Budget
    ) throws(Failure) -> String? {
        guard let numbers = groupNumbers[name] else { throw .groupUnknown(name) }
        let subject = Array(text.utf8)
        let match = try matches(in: subject, budget: &budget, maximum: 1).first
        return match?.firstGroup(of: numbers).map { String(decoding: subject[$0], as: UTF8.self) }
    }
}

extension RegularExpression.Match {
    /// The range of the first group, of several with one name, that took part in the match.
    func firstGroup(of numbers: [Int]) -> Range<Int>? {
        for number in numbers where number < groups.count {
            if let range = groups[number] { return range }
        }
        return nil
    }
}
