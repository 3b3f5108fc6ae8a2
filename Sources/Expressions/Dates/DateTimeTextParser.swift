// Takes a date text apart: day of the week, date, time and zone, each where it may stand.

/// Reads a date in one of the usual forms.
struct DateTimeTextParser {
    private var reader: DateTimeReader
    private var draft = DateTimeDraft()

    init(_ text: String) {
        reader = DateTimeReader(text)
        reader.dropTrailingWhiteSpace()
        reader.takeWhiteSpace()
    }

    mutating func parse() -> DateTimeDraft? {
        guard !reader.isAtEnd else { return nil }
        takeDayOfWeek()
        let hasTimeOnly = isTime()
        guard hasTimeOnly || takeDate() else { return nil }
        if !hasTimeOnly {
            let hasSeparator = takeSeparator()
            guard hasSeparator || reader.isAtEnd || isZone() else { return nil }
        }
        if isTime() {
            guard takeTime() else { return nil }
        }
        reader.takeWhiteSpace()
        guard takeZone() else { return nil }
        reader.takeWhiteSpace()
        return reader.isAtEnd ? draft : nil
    }

    /// A day of the week may stand first; it has to be the right one.
    private mutating func takeDayOfWeek() {
        let start = reader.position
        let word = reader.takeLetters()
        guard let index = DateNames.index(of: word, in: DateNames.days) else {
            reader.rewind(to: start)
            return
        }
        draft.dayOfWeek = index
        _ = reader.take(UInt8(ascii: ","))
        reader.takeWhiteSpace()
    }

    /// Whether a time comes next: digits and a colon, or an hour with its half of the day.
    private func isTime() -> Bool {
        var ahead = reader
        guard ahead.takeNumber(digits: 1...2) != nil else { return false }
        if ahead.take(UInt8(ascii: ":")) { return true }
        ahead.takeWhiteSpace()
        return ahead.take(word: "AM") || ahead.take(word: "PM")
    }

    private func isZone() -> Bool {
        guard let next = reader.next else { return false }
        return "+-Zz".utf8.contains(next)
    }

    private mutating func takeDate() -> Bool {
        if let month = takeMonthName() {
            draft.month = month
            return takeRestOfNamedMonth()
        }
        guard let first = reader.takeNumber(digits: 1...4) else { return false }
        takeDateSeparator()
        if let month = takeMonthName() {
            guard first.digits <= 2 else { return false }
            (draft.day, draft.month) = (first.value, month)
            takeDateSeparator()
            guard let year = reader.takeNumber(digits: 1...4) else { return true }
            draft.year = fullYear(year)
            return true
        }
        return takeRestOfNumericDate(after: first)
    }

    private mutating func takeRestOfNamedMonth() -> Bool {
        takeDateSeparator()
        guard let first = reader.takeNumber(digits: 1...4) else { return false }
        guard first.digits <= 2 else {
            draft.year = first.value
            return true
        }
        draft.day = first.value
        takeDateSeparator()
        guard !isTime() else { return true }
        guard let year = reader.takeNumber(digits: 1...4) else { return true }
        draft.year = fullYear(year)
        return true
    }

    /// Year first when it has more than two digits, else month, day and year.
    private mutating func takeRestOfNumericDate(after first: (value: Int, digits: Int)) -> Bool {
        guard let second = reader.takeNumber(digits: 1...2) else { return false }
        let position = reader.position
        let hasSeparator = reader.take(anyOf: "-/.") != nil
        let third = hasSeparator ? reader.takeNumber(digits: 1...4) : nil
        if third == nil { reader.rewind(to: position) }
        if first.digits > 2 {
            (draft.year, draft.month) = (first.value, second.value)
            draft.day = third?.value
            return third.map { $0.digits <= 2 } ?? true
        }
        (draft.month, draft.day) = (first.value, second.value)
        draft.year = third.map(fullYear)
        return true
    }

    private mutating func takeMonthName() -> Int? {
        let start = reader.position
        let word = reader.takeLetters()
        guard let index = DateNames.index(of: word, in: DateNames.months) else {
            reader.rewind(to: start)
            return nil
        }
        return index + 1
    }

    private mutating func takeDateSeparator() {
        reader.takeWhiteSpace()
        _ = reader.take(anyOf: "-/.,")
        reader.takeWhiteSpace()
    }

    private func fullYear(_ year: (value: Int, digits: Int)) -> Int {
        year.digits <= 2 ? DateTimeDraft.century(of: year.value) : year.value
    }

    /// What stands between a date and its time.
    private mutating func takeSeparator() -> Bool {
        if reader.take(anyOf: "Tt") != nil { return true }
        let hasComma = reader.take(UInt8(ascii: ","))
        return reader.takeWhiteSpace() || hasComma
    }

    private mutating func takeTime() -> Bool {
        guard let hour = reader.takeNumber(digits: 1...2) else { return false }
        draft.hour = hour.value
        if reader.take(UInt8(ascii: ":")) {
            guard let minute = reader.takeNumber(digits: 1...2) else { return false }
            draft.minute = minute.value
            if reader.take(UInt8(ascii: ":")) {
                guard let second = reader.takeNumber(digits: 1...2) else { return false }
                draft.second = second.value
                if reader.take(anyOf: ".,") != nil {
                    draft.fraction = reader.takeFraction(digits: 1...100)
                    guard draft.fraction != nil else { return false }
                }
            }
        }
        let position = reader.position
        reader.takeWhiteSpace()
        if reader.take(word: "AM") {
            draft.isAfternoon = false
        } else if reader.take(word: "PM") {
            draft.isAfternoon = true
        } else {
            reader.rewind(to: position)
        }
        // An hour above 12 with a half of the day has to agree with it.
        draft.isTwelveHour = draft.isAfternoon != nil && hour.value <= 12
        return true
    }

    private mutating func takeZone() -> Bool {
        if reader.take(word: "Z") || reader.take(word: "GMT") || reader.take(word: "UTC") {
            draft.offsetMinutes = 0
            draft.isZulu = true
            return true
        }
        guard let next = reader.next, "+-".utf8.contains(next) else { return true }
        draft.offsetMinutes = reader.takeOffset(needsMinutes: false, allowsMinutes: true)
        return draft.offsetMinutes != nil
    }
}
