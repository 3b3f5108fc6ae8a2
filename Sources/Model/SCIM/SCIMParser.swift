// Text to filters and paths: a recursive descent over bytes, bounded in length and depth.

/// Reads one filter or path from its start.
struct SCIMParser {
    private let text: String
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) throws(SCIMSyntaxError) {
        self.text = text
        guard text.utf8.count <= Limits.scimFilterBytes else {
            throw SCIMSyntaxError(
                reason: .tooLong(limitBytes: Limits.scimFilterBytes),
                offset: Limits.scimFilterBytes)
        }
        bytes = Array(text.utf8)
    }

    func error(_ reason: SCIMSyntaxError.Reason, at offset: Int? = nil) -> SCIMSyntaxError {
        SCIMSyntaxError(reason: reason, offset: offset ?? position)
    }

    mutating func skipSpace() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 {
            position += 1
        }
    }

    /// Takes a byte, blanks in front of it left out, if it is there.
    mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(SCIMSyntaxError) {
        guard !take(UInt8(ascii: character)) else { return }
        throw error(position < bytes.count ? .expected(String(character)) : .unexpectedEnd)
    }

    mutating func expectEnd() throws(SCIMSyntaxError) {
        skipSpace()
        guard position < bytes.count else { return }
        throw error(.expected("and"))
    }

    // MARK: Filters

    mutating func disjunction(depth: Int) throws(SCIMSyntaxError) -> SCIMFilter {
        guard depth < Limits.scimFilterDepth else {
            throw error(.tooDeep(limit: Limits.scimFilterDepth))
        }
        var filters = [try conjunction(depth: depth)]
        while takeWord("or") { filters.append(try conjunction(depth: depth)) }
        return filters.count == 1 ? filters[0] : .any(filters)
    }

    private mutating func conjunction(depth: Int) throws(SCIMSyntaxError) -> SCIMFilter {
        var filters = [try factor(depth: depth)]
        while takeWord("and") { filters.append(try factor(depth: depth)) }
        return filters.count == 1 ? filters[0] : .all(filters)
    }

    private mutating func factor(depth: Int) throws(SCIMSyntaxError) -> SCIMFilter {
        if take(UInt8(ascii: "(")) {
            let filter = try disjunction(depth: depth + 1)
            try expect(")")
            return filter
        }
        let start = position
        if takeWord("not") {
            if take(UInt8(ascii: "(")) {
                let filter = try disjunction(depth: depth + 1)
                try expect(")")
                return .not(filter)
            }
            // An attribute may be called so.
            position = start
        }
        return try expression(depth: depth)
    }

    private mutating func expression(depth: Int) throws(SCIMSyntaxError) -> SCIMFilter {
        let path = try attributePath()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "[") else {
            return try comparison(of: path)
        }
        position += 1
        let condition = try disjunction(depth: depth + 1)
        try expect("]")
        guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else {
            return .valuePath(path, condition)
        }
        position += 1
        let sub = try comparison(of: try attributePath())
        if case .all(let conditions) = condition {
            return .valuePath(path, .all(conditions + [sub]))
        }
        return .valuePath(path, .all([condition, sub]))
    }

    private mutating func comparison(of path: SCIMAttributePath) throws(SCIMSyntaxError)
        -> SCIMFilter
    {
        skipSpace()
        let start = position
        let word = letters().lowercased()
        guard !word.isEmpty else {
            throw error(position < bytes.count ? .unknownOperator("") : .unexpectedEnd)
        }
        if word == "pr" { return .present(path) }
        guard let comparison = SCIMFilter.Operator(rawValue: word) else {
            throw error(.unknownOperator(word), at: start)
        }
        return .comparison(path, comparison, try literal())
    }

    /// Takes a word that stands by itself, without regard to case.
    private mutating func takeWord(_ word: String) -> Bool {
        skipSpace()
        let start = position
        let isWord = letters().isSameSCIMName(as: word)
        let ends =
            position == bytes.count || [0x20, 0x09, UInt8(ascii: "(")].contains(bytes[position])
        if isWord, ends { return true }
        position = start
        return false
    }

    private mutating func letters() -> String {
        let start = position
        while position < bytes.count, (0x61...0x7A).contains(bytes[position] | 0x20) {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    // MARK: Names and values

    /// An attribute's name, up to what can't be part of one.
    mutating func attributePath() throws(SCIMSyntaxError) -> SCIMAttributePath {
        skipSpace()
        let start = position
        while position < bytes.count, SCIMParser.isPartOfName(bytes[position]) { position += 1 }
        let name = String(decoding: bytes[start..<position], as: UTF8.self)
        guard !name.isEmpty else {
            throw error(position < bytes.count ? .expectedAttribute : .unexpectedEnd)
        }
        guard let path = SCIMAttributePath(spelled: name[...]) else {
            throw error(.malformedAttribute(name), at: start)
        }
        return path
    }

    /// What names and URNs are made of (RFC 7643, section 2.1, and RFC 8141).
    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
            UInt8(ascii: "$"), UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "~"),
            UInt8(ascii: "%"), UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "!"):
            true
        default: false
        }
    }

    /// A JSON string, number, `true`, `false` or `null`; words are read without case.
    private mutating func literal() throws(SCIMSyntaxError) -> JSONValue {
        skipSpace()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        let start = position
        let isString = bytes[position] == UInt8(ascii: "\"")
        if isString { try skipString() } else { skipToken() }
        let slice = bytes[start..<position]
        let value: JSONValue? =
            isString
            ? try? JSONValue(parsing: slice)
            : try? JSONValue(
                parsing: String(decoding: slice, as: UTF8.self).lowercased())
        guard let value, value.array == nil, value.object == nil else {
            throw error(.expectedLiteral, at: start)
        }
        return value
    }

    private mutating func skipString() throws(SCIMSyntaxError) {
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard position < bytes.count else {
            position = bytes.count
            throw error(.unexpectedEnd)
        }
        position += 1
    }

    private mutating func skipToken() {
        while position < bytes.count,
            ![0x20, 0x09, UInt8(ascii: ")"), UInt8(ascii: "]")].contains(bytes[position])
        {
            position += 1
        }
    }

    // MARK: Paths

    /// The path of a PATCH operation or of a mapping.
    mutating func path() throws(SCIMSyntaxError) -> SCIMPath {
        let attribute = try attributePath()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "[") else {
            return SCIMPath(attribute: attribute)
        }
        guard attribute.subAttribute == nil, !attribute.name.isEmpty else {
            throw error(.malformedAttribute(attribute.description), at: 0)
        }
        position += 1
        let condition = try disjunction(depth: 1)
        try expect("]")
        var path = SCIMPath(attribute: attribute, condition: condition)
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let start = position
            let sub = try attributePath()
            guard sub.schema == nil, sub.subAttribute == nil, !sub.name.isEmpty else {
                throw error(.malformedAttribute(sub.description), at: start)
            }
            path.attribute.subAttribute = sub.name
        }
        return path
    }
}
