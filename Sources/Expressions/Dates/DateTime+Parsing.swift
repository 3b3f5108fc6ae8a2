// Text to date without a format, as DateTime.Parse reads it in the invariant culture.

extension DateTime {
    /// Reads a date in any of the usual forms; the result is in UTC, and so is a text without a
    /// zone.
    ///
    /// Forms: `2020-03-16`, `2020-03-16-07:00`, `2009-06-15T01:45:30.5Z`,
    /// `3/16/2020 7:00:00 AM`, `16 Mar 2020 07:00 +01:00`, `Monday, March 16, 2020`, `4:00 PM`.
    ///
    /// Differs from Entra: .NET also takes eras, other calendars and the military hour 24.
    /// - Returns: nil for any other text, and when today is needed but `now` is nil.
    public init?(parsing text: String, now: DateTime? = nil) {
        var parser = DateTimeTextParser(text)
        guard let draft = parser.parse() else { return nil }
        let styles: DateTimeStyles = [.assumeUniversal, .adjustToUniversal]
        guard let date = draft.date(now: now, styles: styles) else { return nil }
        self = date
    }
}
