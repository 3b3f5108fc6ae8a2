// $filter text to a filter, its properties checked against the metadata.

/// Parses conditions (OData URL conventions 5.1.1, ABNF `boolCommonExpr`).
///
/// Names of properties, operators and functions are read without regard to case, as the service does.
public struct FilterParser {
    let catalog: TypeCatalog
    let type: StructuredType
    var tokens: [FilterToken] = []
    var position = 0
    private var terms = 0
    /// The lambdas around the place that is read, outermost first.
    var lambdas: [Lambda] = []

    /// A lambda's variable and what its elements are.
    struct Lambda {
        let variable: String
        let kind: TypeProperty.Kind?
    }

    /// The filter that a text means, over a type's properties.
    ///
    /// - Throws: `FilterSyntaxError`.
    public static func parse(
        _ text: String, over type: StructuredType, of catalog: TypeCatalog
    ) throws(FilterSyntaxError) -> FilterExpression {
        var parser = FilterParser(catalog: catalog, type: type)
        parser.tokens = try FilterToken.tokens(of: text)
        let filter = try parser.disjunction(depth: 0)
        guard parser.position == parser.tokens.count else {
            if case .word(let word) = parser.tokens[parser.position] {
                throw .unknownOperator(word)
            }
            throw parser.unexpected(parser.position)
        }
        return filter
    }

    private init(catalog: TypeCatalog, type: StructuredType) {
        self.catalog = catalog
        self.type = type
    }

    // MARK: Tokens

    var next: FilterToken? { position < tokens.count ? tokens[position] : nil }

    func unexpected(_ index: Int) -> FilterSyntaxError { .unexpectedToken(index + 1) }

    mutating func take() throws(FilterSyntaxError) -> FilterToken {
        guard let token = next else { throw unexpected(position) }
        position += 1
        return token
    }

    mutating func expect(_ token: FilterToken) throws(FilterSyntaxError) {
        guard next == token else { throw unexpected(position) }
        position += 1
    }

    private mutating func takeKeyword(_ keyword: String) -> Bool {
        guard case .word(let word)? = next, word.lowercased() == keyword else { return false }
        position += 1
        return true
    }

    // MARK: Conditions

    mutating func disjunction(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        guard depth < Limits.filterDepth else { throw .tooDeep }
        var filter = try conjunction(depth: depth)
        while takeKeyword("or") { filter = .or(filter, try conjunction(depth: depth)) }
        return filter
    }

    private mutating func conjunction(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        var filter = try negation(depth: depth)
        while takeKeyword("and") { filter = .and(filter, try negation(depth: depth)) }
        return filter
    }

    private mutating func negation(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        guard depth < Limits.filterDepth else { throw .tooDeep }
        guard takeKeyword("not") else { return try term(depth: depth) }
        return .not(try negation(depth: depth + 1))
    }

    mutating func countTerm() throws(FilterSyntaxError) {
        terms += 1
        guard terms <= Limits.filterTerms else { throw .tooManyTerms }
    }

    private mutating func term(depth: Int) throws(FilterSyntaxError) -> FilterExpression {
        try countTerm()
        let start = position
        switch try take() {
        case .open:
            let inner = try disjunction(depth: depth + 1)
            try expect(.close)
            return inner
        case .word(let word):
            guard next == .open else { return try comparison(operand(word)) }
            let name = word.lowercased()
            if name.hasSuffix("/any") || name.hasSuffix("/all") {
                return try lambda(word, depth: depth)
            }
            if let match = FilterMatch(rawValue: name), match != .word {
                return try truth(of: try self.match(match))
            }
            return try comparison(try function(word))
        case .string, .close, .comma: throw unexpected(start)
        }
    }

    /// `startswith(a,'b')`, maybe `eq true` or `eq false`.
    private mutating func truth(
        of filter: FilterExpression
    ) throws(FilterSyntaxError) -> FilterExpression {
        guard takeKeyword("eq") else { return filter }
        if takeKeyword("true") { return filter }
        guard takeKeyword("false") else { throw unexpected(position) }
        return .not(filter)
    }

    private mutating func match(
        _ match: FilterMatch
    ) throws(FilterSyntaxError) -> FilterExpression {
        try expect(.open)
        let operand = try argument(of: match.rawValue)
        try expect(.comma)
        guard case .string(var text) = try take() else { throw unexpected(position - 1) }
        if case .word? = next { throw unexpected(position) }
        try expect(.close)
        if operand.path.kind == .guid { text = text.lowercased() }
        return .match(match, operand, text)
    }

    /// A text argument: a property, or a property in one case of letters.
    private mutating func argument(
        of function: String
    ) throws(FilterSyntaxError) -> FilterOperand {
        guard case .word(let word) = try take() else { throw unexpected(position - 1) }
        let operand = next == .open ? try self.function(word) : try self.operand(word)
        switch operand.path.kind {
        case _ where operand.function == .count: break
        case .string?, .guid?, .enumeration?, nil: return operand
        default: break
        }
        throw .wrongArgument(
            function: function, property: operand.path.names.last ?? word,
            type: FilterParser.typeName(operand.path.kind))
    }

    /// `tolower(a)`.
    private mutating func function(_ word: String) throws(FilterSyntaxError) -> FilterOperand {
        guard let function = FilterOperand.Function(rawValue: word.lowercased()),
            function != .count
        else { throw .unknownFunction(word) }
        try expect(.open)
        guard case .word(let name) = try take() else { throw unexpected(position - 1) }
        // Functions in functions mean what the outer one means.
        let inner = next == .open ? try nested(name, depth: 1) : try operand(name)
        try expect(.close)
        guard inner.path.kind == .string || inner.path.kind == .guid || inner.path.kind == nil
        else {
            throw .wrongArgument(
                function: word, property: inner.path.names.last ?? name,
                type: FilterParser.typeName(inner.path.kind))
        }
        return FilterOperand(path: inner.path, function: function)
    }

    private mutating func nested(
        _ word: String, depth: Int
    ) throws(FilterSyntaxError) -> FilterOperand {
        guard depth < Limits.filterDepth else { throw .tooDeep }
        guard FilterOperand.Function(rawValue: word.lowercased()) != nil else {
            throw .unknownFunction(word)
        }
        try expect(.open)
        guard case .word(let name) = try take() else { throw unexpected(position - 1) }
        let inner = next == .open ? try nested(name, depth: depth + 1) : try operand(name)
        try expect(.close)
        return inner
    }

    private mutating func lambda(
        _ word: String, depth: Int
    ) throws(FilterSyntaxError) -> FilterExpression {
        guard lambdas.count < Limits.filterLambdas else { throw .tooDeep }
        let path = try path(String(word.dropLast(4)), isCollection: true)
        try expect(.open)
        let isAny = word.lowercased().hasSuffix("/any")
        if isAny, next == .close {
            position += 1
            return .any(path, nil)
        }
        try takeVariable(path.kind)
        let condition = try disjunction(depth: depth + 1)
        try expect(.close)
        lambdas.removeLast()
        return isAny ? .any(path, condition) : .all(path, condition)
    }

    /// `x:` or the `x:` in front of a word.
    private mutating func takeVariable(_ kind: TypeProperty.Kind?) throws(FilterSyntaxError) {
        guard case .word(let word)? = next, let colon = word.firstIndex(of: ":"),
            colon > word.startIndex
        else { throw unexpected(position) }
        let rest = word[word.index(after: colon)...]
        if rest.isEmpty { position += 1 } else { tokens[position] = .word(String(rest)) }
        lambdas.append(Lambda(variable: String(word[..<colon]), kind: kind))
    }
}
