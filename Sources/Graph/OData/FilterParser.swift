// $filter text to a filter: the part of OData's grammar that lists are asked with.

import Model

/// Parses `a eq 'x' and startswith(b,'y')` (OData URL conventions 5.1.1).
///
/// Operators and functions of the full grammar that lists do not answer yet are refused by name.
struct FilterParser {
    private let type: StructuredType
    private let text: String
    private var tokens: [Token] = []
    private var position = 0
    private var terms = 0

    private enum Token: Equatable {
        case name(String)
        case string(String)
        case number(String)
        case open, close, comma
    }

    /// The filter that a text means, over a type's properties.
    ///
    /// - Throws: `GraphError` naming the property, the operator or the position that is wrong.
    static func parse(
        _ text: String, over type: StructuredType
    ) throws(GraphError) -> FilterExpression {
        var parser = FilterParser(type: type, text: text)
        try parser.tokenize()
        let filter = try parser.conjunction(depth: 0)
        guard parser.position == parser.tokens.count else { throw parser.syntaxError() }
        return filter
    }

    private init(type: StructuredType, text: String) {
        self.type = type
        self.text = text
    }

    private func syntaxError() -> GraphError {
        .invalidFilter("Syntax error at token \(position + 1) in '\(text)'.")
    }

    // MARK: Tokens

    private mutating func tokenize() throws(GraphError) {
        var rest = Substring(text)
        while let character = rest.first {
            switch character {
            case " ", "\t": rest.removeFirst()
            case "(": take(.open, &rest)
            case ")": take(.close, &rest)
            case ",": take(.comma, &rest)
            case "'": try takeString(&rest)
            default:
                let word = rest.prefix { !" \t(),'".contains($0) }
                rest.removeFirst(word.count)
                let isNumber = word.first.map { $0.isNumber || $0 == "-" } ?? false
                tokens.append(isNumber ? .number(String(word)) : .name(String(word)))
            }
        }
    }

    private mutating func take(_ token: Token, _ rest: inout Substring) {
        rest.removeFirst()
        tokens.append(token)
    }

    private mutating func takeString(_ rest: inout Substring) throws(GraphError) {
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            guard character == "'" else {
                value.append(character)
                continue
            }
            guard rest.first == "'" else { return tokens.append(.string(value)) }
            rest.removeFirst()
            value.append("'")
        }
        throw GraphError.invalidFilter("There is an unterminated string literal in '\(text)'.")
    }

    private mutating func next() -> Token? {
        guard position < tokens.count else { return nil }
        position += 1
        return tokens[position - 1]
    }

    private mutating func skip(_ token: Token) throws(GraphError) {
        guard position < tokens.count, tokens[position] == token else { throw syntaxError() }
        position += 1
    }

    // MARK: Grammar

    private mutating func conjunction(depth: Int) throws(GraphError) -> FilterExpression {
        guard depth < Limits.filterDepth else {
            throw GraphError.invalidFilter("The filter is nested too deeply.")
        }
        var filter = try term(depth: depth)
        while case .name(let word)? = position < tokens.count ? tokens[position] : nil {
            guard word.lowercased() == "and" else { throw GraphError.filterNotEmulated(word) }
            position += 1
            filter = .and(filter, try term(depth: depth))
        }
        return filter
    }

    private mutating func term(depth: Int) throws(GraphError) -> FilterExpression {
        terms += 1
        guard terms <= Limits.filterTerms else {
            throw GraphError.invalidFilter("The filter has too many terms.")
        }
        switch next() {
        case .open:
            let inner = try conjunction(depth: depth + 1)
            try skip(.close)
            return inner
        case .name(let word):
            if position < tokens.count, tokens[position] == .open { return try function(word) }
            if word.lowercased() == "not" { throw GraphError.filterNotEmulated(word) }
            return try comparison(word)
        default:
            position -= position > 0 ? 1 : 0
            throw syntaxError()
        }
    }

    private mutating func function(_ name: String) throws(GraphError) -> FilterExpression {
        guard name.lowercased() == "startswith" else { throw GraphError.filterNotEmulated(name) }
        try skip(.open)
        guard case .name(let word)? = next() else { throw syntaxError() }
        let property = try property(word)
        try skip(.comma)
        guard case .string(let prefix)? = next() else { throw syntaxError() }
        try skip(.close)
        guard property.kind == .string, !property.isCollection else {
            throw GraphError.invalidFilter(
                "No function signature for the function with name 'startswith' matches the "
                    + "specified arguments: '\(property.name)' is '\(property.typeName)'.")
        }
        return .startsWith(property: property.name, prefix)
    }

    private mutating func comparison(_ word: String) throws(GraphError) -> FilterExpression {
        let property = try property(word)
        guard case .name(let sign)? = next() else {
            throw GraphError.invalidFilter(
                "The $filter expression must evaluate to a single boolean value.")
        }
        guard sign.lowercased() == "eq" else { throw GraphError.filterNotEmulated(sign) }
        let literal = try literal()
        switch (property.kind, literal) {
        case (.string, .string), (.guid, .string), (.boolean, .boolean), (_, .null): break
        default:
            throw GraphError.invalidFilter(
                "A binary operator with incompatible types was detected. Found operand types "
                    + "'\(property.typeName)' and '\(FilterParser.typeName(literal))' for "
                    + "operator kind 'Equal'.")
        }
        guard !property.isCollection else {
            throw GraphError.invalidFilter("The property '\(property.name)' is a collection.")
        }
        return .equal(property: property.name, literal)
    }

    private mutating func literal() throws(GraphError) -> FilterLiteral {
        switch next() {
        case .string(let text): return .string(text)
        case .name("true"): return .boolean(true)
        case .name("false"): return .boolean(false)
        case .name("null"): return .null
        case .number(let text):
            throw GraphError.invalidFilter(
                "The literal '\(text)' is no string; put identifiers between quotes.")
        default:
            position -= position > 0 ? 1 : 0
            throw syntaxError()
        }
    }

    private func property(_ word: String) throws(GraphError) -> TypeProperty {
        let name = word.split(separator: "/").first.map(String.init) ?? word
        guard let property = type.property(ignoringCase: name) else {
            throw GraphError.invalidFilter(
                "Could not find a property named '\(name)' on type "
                    + "'microsoft.graph.\(type.name)'.")
        }
        guard name == word else { throw GraphError.filterNotEmulated(word) }
        return property
    }

    private static func typeName(_ literal: FilterLiteral) -> String {
        switch literal {
        case .string: "Edm.String"
        case .boolean: "Edm.Boolean"
        case .null: "<null>"
        }
    }
}
