// Text to date by a .NET format, as DateTime.ParseExact reads it.

extension DateTimeFormat {
    /// Reads a text that has exactly the form of the format.
    ///
    /// - Returns: nil where .NET throws, and where a part of today is needed but `now` is nil.
    func date(from text: String, styles: DateTimeStyles, now: DateTime?) -> DateTime? {
        var reader = DateTimeReader(text)
        if styles.contains(.allowTrailingWhite) { reader.dropTrailingWhiteSpace() }
        if styles.contains(.allowLeadingWhite) { reader.takeWhiteSpace() }
        var draft = DateTimeDraft()
        var index = 0
        while index < elements.count {
            if styles.contains(.allowInnerWhite) { reader.takeWhiteSpace() }
            let element = elements[index]
            if element == .literal(UInt8(ascii: ".")), isOptionalPoint(at: index, reader) {
                // The point goes with the fraction it stands for.
                index += 2
                continue
            }
            if styles.contains(.allowInnerWhite), element == .literal(UInt8(ascii: " ")) {
                index += 1
                continue
            }
            guard read(element, from: &reader, into: &draft) else { return nil }
            index += 1
        }
        if styles.contains(.allowInnerWhite) { reader.takeWhiteSpace() }
        guard reader.isAtEnd else { return nil }
        return draft.date(now: now, styles: styles)
    }

    private func isOptionalPoint(at index: Int, _ reader: DateTimeReader) -> Bool {
        guard reader.next != UInt8(ascii: "."), index + 1 < elements.count else { return false }
        guard case .fraction(_, isTrimmed: true) = elements[index + 1] else { return false }
        return true
    }

    private func read(
        _ element: Element, from reader: inout DateTimeReader, into draft: inout DateTimeDraft
    ) -> Bool {
        switch element {
        case .year(let count):
            guard let year = reader.takeNumber(digits: Self.digits(count))?.value else {
                return false
            }
            return DateTimeDraft.set(
                &draft.year, count <= 2 ? DateTimeDraft.century(of: year) : year)
        case .month(let count) where count > 2:
            return DateTimeDraft.set(&draft.month, name(DateNames.months, count, &reader))
        case .month(let count):
            return readNumber(count, from: &reader, into: &draft.month)
        case .day(let count) where count > 2:
            let index = name(DateNames.days, count, &reader).map { $0 - 1 }
            return DateTimeDraft.set(&draft.dayOfWeek, index)
        case .day(let count):
            return readNumber(count, from: &reader, into: &draft.day)
        case .hour24(let count):
            return readNumber(count, from: &reader, into: &draft.hour)
        case .hour12(let count):
            draft.isTwelveHour = true
            return readNumber(count, from: &reader, into: &draft.hour)
        case .minute(let count):
            return readNumber(count, from: &reader, into: &draft.minute)
        case .second(let count):
            return readNumber(count, from: &reader, into: &draft.second)
        case .fraction(let count, let isTrimmed):
            let digits = isTrimmed ? 0...count : count...count
            return DateTimeDraft.set(&draft.fraction, reader.takeFraction(digits: digits))
        default:
            return readMark(element, from: &reader, into: &draft)
        }
    }

    private func readMark(
        _ element: Element, from reader: inout DateTimeReader, into draft: inout DateTimeDraft
    ) -> Bool {
        switch element {
        case .designator(let count):
            guard let letter = reader.take(anyOf: "AaPp") else { return false }
            guard count == 1 || reader.take(anyOf: "Mm") != nil else { return false }
            return DateTimeDraft.set(&draft.isAfternoon, letter | 0x20 == UInt8(ascii: "p"))
        case .era:
            return reader.take(word: "A.D.")
        case .zone(let count):
            let offset = reader.takeOffset(needsMinutes: count > 2, allowsMinutes: count > 2)
            return DateTimeDraft.set(&draft.offsetMinutes, offset)
        case .kind:
            guard let next = reader.next else { return true }
            if next == UInt8(ascii: "Z") { return readMark(.zulu, from: &reader, into: &draft) }
            guard "+-".utf8.contains(next) else { return true }
            return readMark(.zone(3), from: &reader, into: &draft)
        case .zulu:
            guard reader.take(word: "Z") || reader.take(word: "GMT") else { return false }
            draft.isZulu = true
            return DateTimeDraft.set(&draft.offsetMinutes, 0)
        case .literal(let byte):
            return reader.take(byte)
        default:
            return false
        }
    }

    private func readNumber(
        _ count: Int, from reader: inout DateTimeReader, into part: inout Int?
    ) -> Bool {
        let digits = Self.digits(min(count, 2))
        return DateTimeDraft.set(&part, reader.takeNumber(digits: digits)?.value)
    }

    /// One letter reads one or two digits, more letters as many digits as letters.
    private static func digits(_ count: Int) -> ClosedRange<Int> {
        count == 1 ? 1...2 : count...count
    }

    /// The number of a name, from 1.
    private func name(
        _ names: [String], _ count: Int, _ reader: inout DateTimeReader
    ) -> Int? {
        for (index, name) in names.enumerated() {
            let word = count == 3 ? DateNames.abbreviated(name) : name
            if reader.take(word: word) { return index + 1 }
        }
        return nil
    }
}
