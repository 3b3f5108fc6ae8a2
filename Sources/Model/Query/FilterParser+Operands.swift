// The two sides of a comparison: properties by their paths, literals by their types.

extension FilterParser {
    /// The rest of a comparison whose left side has been read.
    mutating func comparison(
        _ operand: FilterOperand
    ) throws(FilterSyntaxError) -> FilterExpression {
        guard case .word(let word)? = next else {
            guard next == nil || next == .close else { throw unexpected(position) }
            return try bare(operand)
        }
        let sign = word.lowercased()
        if sign == "and" || sign == "or" { return try bare(operand) }
        position += 1
        if sign == "in" { return .oneOf(operand, try list(operand)) }
        guard let comparison = FilterComparison(rawValue: sign) else {
            throw .unknownOperator(word)
        }
        if operand.function != .count, case .structured? = operand.path.kind {
            // Only whether there is one can be asked of a whole complex value.
            guard case .word(let literal)? = next, literal.lowercased() == "null" else {
                throw .incompatibleTypes(
                    left: FilterParser.typeName(operand.path.kind), right: "Edm.String",
                    comparison: comparison)
            }
        }
        return .compare(operand, comparison, try literal(for: operand, comparison))
    }

    /// A boolean property alone is a condition; anything else is none.
    private func bare(_ operand: FilterOperand) throws(FilterSyntaxError) -> FilterExpression {
        guard operand.path.kind == .boolean else { throw .noCondition }
        return .compare(operand, .equal, .boolean(true))
    }

    private mutating func list(
        _ operand: FilterOperand
    ) throws(FilterSyntaxError) -> [FilterLiteral] {
        try expect(.open)
        var literals: [FilterLiteral] = []
        repeat {
            if !literals.isEmpty { try countTerm() }
            literals.append(try literal(for: operand, .equal))
            guard next == .comma else { break }
            position += 1
        } while true
        try expect(.close)
        return literals
    }

    // MARK: Properties

    /// The property, lambda element or collection size that a word means.
    func operand(_ word: String) throws(FilterSyntaxError) -> FilterOperand {
        guard word.lowercased().hasSuffix("/$count") else {
            return FilterOperand(path: try path(word, isCollection: false))
        }
        let path = try path(String(word.dropLast(7)), isCollection: true)
        return FilterOperand(path: path, function: .count)
    }

    /// The path that a word means: `a/b`, or with a lambda's variable in front `x/b`.
    func path(_ word: String, isCollection: Bool) throws(FilterSyntaxError) -> FilterPath {
        var names = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.count <= Limits.filterDepth else { throw .tooDeep }
        var path = FilterPath(names: [], kind: .structured(type.name))
        if let index = lambdas.lastIndex(where: { $0.variable == names[0] }) {
            path = FilterPath(lambda: index, names: [], kind: lambdas[index].kind)
            names.removeFirst()
            if names.isEmpty {
                guard !isCollection else { throw .noCollection(property: word) }
                return path
            }
        }
        for (index, name) in names.enumerated() {
            let isLast = index == names.count - 1
            let found = try property(name, of: path.kind)
            guard let found else {
                // An open type: the metadata knows nothing of what follows.
                for unknown in names[index...] where !FilterParser.isName(unknown) {
                    throw .unknownProperty(name: unknown, type: type.name)
                }
                path.names += names[index...]
                path.kind = nil
                return path
            }
            guard found.isCollection == (isLast && isCollection) else {
                throw found.isCollection
                    ? .collection(property: found.name) : .noCollection(property: found.name)
            }
            path.names.append(found.name)
            path.kind = found.kind
        }
        return path
    }

    /// A property of a type; nil where the type is open and does not declare it.
    private func property(
        _ name: String, of kind: TypeProperty.Kind?
    ) throws(FilterSyntaxError) -> TypeProperty? {
        guard let kind else { return nil }
        guard case .structured(let typeName) = kind else {
            throw .unknownProperty(name: name, type: FilterParser.typeName(kind))
        }
        guard let owner = catalog.type(typeName) else { return nil }
        if let property = owner.property(ignoringCase: name) { return property }
        let isExtension = typeName == type.name && name.hasPrefix("extension_")
        guard owner.isOpen || isExtension, FilterParser.isName(name) else {
            throw .unknownProperty(name: name, type: owner.name)
        }
        return nil
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || $0 == 0x5F
            }
    }

    // MARK: Literals

    private mutating func literal(
        for operand: FilterOperand, _ comparison: FilterComparison
    ) throws(FilterSyntaxError) -> FilterLiteral {
        let start = position
        let kind = operand.function == .count ? .int64 : operand.path.kind
        let given: FilterLiteral
        switch try take() {
        case .string(let text): given = .string(text)
        case .word(let word):
            if case .string(let text)? = next, word.lowercased().hasPrefix("microsoft.graph.") {
                position += 1
                given = .string(text)
            } else if case .string(let text)? = next, word.lowercased() == "duration",
                kind == .duration, ISODuration(parsing: text) != nil
            {
                position += 1
                return .string(text)
            } else {
                given = try constant(word, start)
            }
        case .open, .close, .comma: throw unexpected(start)
        }
        guard let fitting = fit(given, kind) else {
            if case .enumeration? = kind, case .string(let text) = given {
                throw .badLiteral(text)
            }
            throw .incompatibleTypes(
                left: FilterParser.typeName(kind), right: FilterParser.typeName(given),
                comparison: comparison)
        }
        return fitting
    }

    /// A constant that is written without quotes.
    private func constant(
        _ word: String, _ start: Int
    ) throws(FilterSyntaxError) -> FilterLiteral {
        switch word.lowercased() {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default: break
        }
        if let integer = Int64(word) { return .integer(integer) }
        if let id = GUID(parsing: word), word.utf8.count == 36 { return .guid(id) }
        guard let first = word.utf8.first, (0x30...0x39).contains(first) || first == 0x2D else {
            throw unexpected(start)
        }
        if let time = Timestamp(parsing: word) { return .instant(time) }
        if let day = Timestamp(parsing: word + "T00:00:00Z") { return .instant(day) }
        guard word.utf8.count <= 40, let number = Double(word), number.isFinite else {
            throw .badLiteral(word)
        }
        return .number(number)
    }

    /// The literal as the property's type has it; nil when it does not fit.
    private func fit(_ literal: FilterLiteral, _ kind: TypeProperty.Kind?) -> FilterLiteral? {
        switch (kind, literal) {
        case (nil, _), (_, .null), (.string?, .string), (.boolean?, .boolean), (.guid?, .guid),
            (.int32?, .integer), (.int64?, .integer), (.double?, .number), (.double?, .integer),
            (.dateTimeOffset?, .instant), (.date?, .instant):
            return literal
        case (.guid?, .string(let text)):
            // The service takes identifiers between quotes too.
            return .string(text.lowercased())
        case (.enumeration(let name)?, .string(let text)):
            return catalog.enumeration(name)?.members.first {
                $0.lowercased() == text.lowercased()
            }.map(FilterLiteral.string)
        default: return nil
        }
    }

    static func typeName(_ kind: TypeProperty.Kind?) -> String {
        guard let kind else { return "Edm.Untyped" }
        return TypeProperty.typeName(of: kind)
    }

    private static func typeName(_ literal: FilterLiteral) -> String {
        switch literal {
        case .string: "Edm.String"
        case .boolean: "Edm.Boolean"
        case .integer(let value): Int32(exactly: value) == nil ? "Edm.Int64" : "Edm.Int32"
        case .number: "Edm.Double"
        case .guid: "Edm.Guid"
        case .instant: "Edm.DateTimeOffset"
        case .null: "<null>"
        }
    }
}
