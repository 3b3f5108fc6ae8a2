// $search text to a filter over words.

/// Parses `"displayName:text" AND ("mail:a" OR "mail:b")`.
///
/// Follows "Use the $search query parameter": on directory objects a term names its property, and
/// finds words that begin with its text.
public struct SearchParser {
    private let type: StructuredType
    private let scalars: [Character]
    private var position = 0
    private var terms = 0

    /// The filter that a search means.
    ///
    /// - Throws: `FilterSyntaxError`.
    public static func parse(
        _ text: String, over type: StructuredType
    ) throws(FilterSyntaxError) -> FilterExpression {
        var parser = SearchParser(type: type, scalars: Array(text))
        let filter = try parser.disjunction(depth: 0)
        parser.skipBlanks()
        guard parser.position == parser.scalars.count else { throw parser.unexpected() }
        return filter
    }

    private init(type: StructuredType, scalars: [Character]) {
        self.type = type
        self.scalars = scalars
    }

    private func unexpected() -> FilterSyntaxError { .unexpectedToken(position + 1) }

    private mutating func skipBlanks() {
        while position < scalars.count, scalars[position] == " " { position += 1 }
    }

    private mutating func take(_ word: String) -> Bool {
        skipBlanks()
        let end = position + word.count
        guard end <= scalars.count, String(scalars[position..<end]).uppercased() == word else {
            return false
        }
        position = end
        return true
    }

    private mutating func disjunction(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        guard depth < Limits.filterDepth else { throw .tooDeep }
        var filter = try conjunction(depth: depth)
        while take("OR") { filter = .or(filter, try conjunction(depth: depth)) }
        return filter
    }

    private mutating func conjunction(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        var filter = try term(depth: depth)
        while take("AND") { filter = .and(filter, try term(depth: depth)) }
        return filter
    }

    private mutating func term(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        terms += 1
        guard terms <= Limits.filterTerms else { throw .tooManyTerms }
        if take("(") {
            let inner = try disjunction(depth: depth + 1)
            guard take(")") else { throw unexpected() }
            return inner
        }
        guard take("\"") else { throw unexpected() }
        var text = ""
        while true {
            guard position < scalars.count else { throw .unterminatedString }
            let character = scalars[position]
            position += 1
            if character == "\"" { break }
            if character == "\\", position < scalars.count {
                text.append(scalars[position])
                position += 1
            } else {
                text.append(character)
            }
        }
        return try clause(text)
    }

    /// `displayName:text`.
    private func clause(_ text: String) throws(FilterSyntaxError) -> FilterExpression {
        guard let colon = text.firstIndex(of: ":") else { throw unexpected() }
        let name = String(text[..<colon])
        guard let property = type.property(ignoringCase: name) else {
            throw .unknownProperty(name: name, type: type.name)
        }
        guard property.traits.isSearchable, property.kind == .string else {
            throw .notSearchable(property: property.name)
        }
        let wanted = String(text[text.index(after: colon)...])
        guard property.isCollection else {
            return .match(.word, FilterOperand(property.name), wanted)
        }
        let element = FilterOperand(path: FilterPath(lambda: 0, names: [], kind: .string))
        return .any(
            FilterPath(names: [property.name], kind: .string), .match(.word, element, wanted))
    }
}
