// Whether a filter holds of a resource.

extension SCIMFilter {
    /// Whether the filter holds of a resource, or of an element of one of its attributes.
    ///
    /// Text is compared without case, but for the attributes that RFC 7643 calls case-exact (`id`,
    /// `externalId`, `meta`, references). An absent attribute equals null; several values pass when one does.
    public func matches(_ resource: JSONObject) -> Bool {
        switch self {
        case .all(let filters): filters.allSatisfy { $0.matches(resource) }
        case .any(let filters): filters.contains { $0.matches(resource) }
        case .not(let filter): !filter.matches(resource)
        case .present(let path): path.comparedValues(in: resource).contains { !$0.isSCIMEmpty }
        case .valuePath(let path, let filter):
            path.wholeElements(in: resource).contains { filter.matches(element: $0) }
        case .comparison(let path, let comparison, let value):
            SCIMComparison(comparison, value, isCaseExact: path.isCaseExact)
                .holds(of: path.comparedValues(in: resource))
        }
    }

    /// Whether the filter holds of one element; a simple one is its own `value`.
    public func matches(element: JSONValue) -> Bool {
        if let members = element.object { return matches(members) }
        return matches(JSONObject([("value", element)]))
    }
}

extension SCIMAttributePath {
    private static let caseExactNames: [String] = ["id", "externalId", "meta", "$ref"]

    /// Whether texts of the attribute are compared with case (RFC 7643, section 3.1).
    public var isCaseExact: Bool {
        let last = subAttribute ?? name
        return schema == nil
            && SCIMAttributePath.caseExactNames.contains {
                $0.isSameSCIMName(as: name) || $0.isSameSCIMName(as: last)
            }
    }

    /// What holds the attribute: the resource, or the extension's object in it.
    func container(in resource: JSONObject) -> JSONObject? {
        guard let schema else { return resource }
        return resource[scim: schema]?.object
    }

    /// The attribute's elements, without looking at a sub-attribute.
    func wholeElements(in resource: JSONObject) -> [JSONValue] {
        guard let container = container(in: resource) else { return [] }
        guard !name.isEmpty else { return [.object(container)] }
        switch container[scim: name] {
        case nil, .null: return []
        case .array(let elements): return elements
        case let value?: return [value]
        }
    }

    /// What comparisons look at: sub-attributes, or the `value` of complex elements.
    func comparedValues(in resource: JSONObject) -> [JSONValue] {
        wholeElements(in: resource).flatMap { element -> [JSONValue] in
            guard let members = element.object else { return subAttribute == nil ? [element] : [] }
            guard let subAttribute else { return [members[scim: "value"] ?? element] }
            switch members[scim: subAttribute] {
            case nil: return []
            case .array(let values): return values
            case let value?: return [value]
            }
        }
    }
}

extension JSONValue {
    /// Whether an attribute with this value counts as having none (RFC 7643, section 2.5).
    var isSCIMEmpty: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let members): members.members.isEmpty
        case .bool, .integer, .number: false
        }
    }
}

/// One comparison with a constant.
private struct SCIMComparison {
    private let comparison: SCIMFilter.Operator
    private let value: JSONValue
    private let isCaseExact: Bool
    private let folded: String

    init(_ comparison: SCIMFilter.Operator, _ value: JSONValue, isCaseExact: Bool) {
        self.comparison = comparison
        self.value = value
        self.isCaseExact = isCaseExact
        let text = value.string ?? ""
        folded = isCaseExact ? text : text.lowercased()
    }

    func holds(of values: [JSONValue]) -> Bool {
        let present = values.filter { !$0.isNull }
        switch (comparison, value) {
        case (.equal, .null): return present.isEmpty
        case (.notEqual, .null): return !present.isEmpty
        case (.notEqual, _): return present.isEmpty || present.contains { !isEqual($0) }
        case (.equal, _): return present.contains(where: isEqual)
        default: return present.contains(where: holds)
        }
    }

    private func isEqual(_ other: JSONValue) -> Bool {
        switch (other, value) {
        case (.string(let text), .string): return isSameText(text)
        // The service writes booleans of mappings as text: `roles[primary eq "True"]`.
        case (.bool(let flag), .string(let text)), (.string(let text), .bool(let flag)):
            return text.isSameSCIMName(as: flag ? "true" : "false")
        case (.bool(let left), .bool(let right)): return left == right
        default:
            guard let left = other.scimNumber, let right = value.scimNumber else { return false }
            return left == right
        }
    }

    private func isSameText(_ text: String) -> Bool {
        if let left = Timestamp(instant: text), let right = Timestamp(instant: folded) {
            return left == right
        }
        return (isCaseExact ? text : text.lowercased()).isSame(as: folded)
    }

    private func holds(of other: JSONValue) -> Bool {
        if let left = other.scimNumber, let right = value.scimNumber {
            return isOrdered(left, right)
        }
        guard case .string(let text) = other, case .string = value else { return false }
        let own = isCaseExact ? text : text.lowercased()
        switch comparison {
        case .contains: return own.hasSCIMText(folded)
        case .startsWith: return own.utf8.starts(with: folded.utf8)
        case .endsWith: return own.utf8.reversed().starts(with: folded.utf8.reversed())
        default:
            if let left = Timestamp(instant: text), let right = Timestamp(instant: folded) {
                return isOrdered(left, right)
            }
            if own.isSame(as: folded) { return isOrdered(0, 0) }
            return isOrdered(own.utf8.lexicographicallyPrecedes(folded.utf8) ? 0 : 1, 0.5)
        }
    }

    private func isOrdered<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch comparison {
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .less: left < right
        case .lessOrEqual: left <= right
        default: false
        }
    }
}

extension Timestamp {
    /// An instant from text that looks like one; nil for any other text, at little cost.
    fileprivate init?(instant text: String) {
        guard text.utf8.count >= 19, text.utf8.first.map({ (0x30...0x39).contains($0) }) == true
        else { return nil }
        self.init(parsing: text.uppercased())
    }
}

extension JSONValue {
    fileprivate var scimNumber: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

extension String {
    /// Whether the text holds another one, compared by bytes.
    fileprivate func hasSCIMText(_ part: String) -> Bool {
        let own = Array(utf8)
        let sought = Array(part.utf8)
        guard sought.count <= own.count else { return false }
        guard let first = sought.first else { return true }
        return (0...(own.count - sought.count)).contains { start in
            own[start] == first && own[start..<(start + sought.count)] == sought[...]
        }
    }
}
