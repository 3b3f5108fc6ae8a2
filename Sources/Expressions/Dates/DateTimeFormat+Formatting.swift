// Dates to text by a .NET format.

extension DateTimeFormat {
    /// The text of a moment.
    func string(from date: DateTime) -> String {
        let parts = date.parts
        var text: [UInt8] = []
        for element in elements {
            append(element, of: date, parts, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func append(
        _ element: Element, of date: DateTime, _ parts: DateParts, to text: inout [UInt8]
    ) {
        switch element {
        case .year(let count):
            // One or two letters show the year within its century.
            text += count <= 2 ? padded(parts.year % 100, count) : padded(parts.year, count)
        case .month(let count):
            text += named(DateNames.months, parts.month - 1, count, parts.month)
        case .day(let count):
            text += named(DateNames.days, date.dayOfWeek, count, parts.day)
        case .hour24(let count):
            text += padded(parts.hour, min(count, 2))
        case .hour12(let count):
            text += padded(parts.hour % 12 == 0 ? 12 : parts.hour % 12, min(count, 2))
        case .minute(let count):
            text += padded(parts.minute, min(count, 2))
        case .second(let count):
            text += padded(parts.second, min(count, 2))
        case .fraction(let count, let isTrimmed):
            appendFraction(parts.fraction, count, isTrimmed: isTrimmed, to: &text)
        case .designator(let count):
            text += (parts.hour < 12 ? "AM" : "PM").utf8.prefix(count)
        case .era:
            text += "A.D.".utf8
        case .zone(let count):
            text += (count == 1 ? "+0" : count == 2 ? "+00" : "+00:00").utf8
        case .kind:
            text += (date.kind == .utc ? "Z" : date.kind == .local ? "+00:00" : "").utf8
        case .zulu:
            text.append(UInt8(ascii: "Z"))
        case .literal(let byte):
            text.append(byte)
        }
    }

    private func padded(_ number: Int, _ count: Int) -> [UInt8] {
        let digits = Array(String(number).utf8)
        return Array(repeating: UInt8(ascii: "0"), count: max(0, count - digits.count)) + digits
    }

    /// A number up to two letters, an abbreviated name for three, the name for more.
    private func named(_ names: [String], _ index: Int, _ count: Int, _ number: Int) -> [UInt8] {
        guard count > 2 else { return padded(number, count) }
        let name = names[index]
        return Array((count == 3 ? DateNames.abbreviated(name) : name).utf8)
    }

    private func appendFraction(
        _ fraction: Int64, _ count: Int, isTrimmed: Bool, to text: inout [UInt8]
    ) {
        var digits = Array(padded(Int(fraction), 7).prefix(count))
        guard isTrimmed else {
            text += digits
            return
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        // A point before a fraction that is not shown goes with it.
        if digits.isEmpty, text.last == UInt8(ascii: ".") { text.removeLast() }
        text += digits
    }
}
