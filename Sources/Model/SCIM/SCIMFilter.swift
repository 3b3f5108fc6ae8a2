// A SCIM filter as a value.

/// A condition on a resource (RFC 7644, section 3.4.2.2).
///
/// Shape: `userName eq "ada" and not (emails[type eq "work" and value ew "@contoso.com"])`.
public indirect enum SCIMFilter: Sendable, Hashable {
    /// The attribute compares with the value in this way.
    case comparison(SCIMAttributePath, Operator, JSONValue)
    /// The attribute has a value.
    case present(SCIMAttributePath)
    /// One element of the attribute fulfils the condition, whose names are the element's.
    case valuePath(SCIMAttributePath, SCIMFilter)
    /// All conditions hold; there are two or more.
    case all([SCIMFilter])
    /// One of the conditions holds; there are two or more.
    case any([SCIMFilter])
    /// The condition does not hold.
    case not(SCIMFilter)

    /// How an attribute and a value are compared.
    public enum Operator: String, Sendable, Hashable, CaseIterable {
        case equal = "eq"
        case notEqual = "ne"
        case contains = "co"
        case startsWith = "sw"
        case endsWith = "ew"
        case greater = "gt"
        case greaterOrEqual = "ge"
        case less = "lt"
        case lessOrEqual = "le"
    }

    /// Parses a filter.
    ///
    /// `emails[type eq "work"].value eq "x"`, which the service sends for such matching attributes, is
    /// taken for `emails[type eq "work" and value eq "x"]`.
    ///
    /// - Throws: `SCIMSyntaxError`, also for a text over `Limits.scimFilterBytes` and for nesting deeper
    ///   than `Limits.scimFilterDepth`.
    public init(parsing text: String) throws(SCIMSyntaxError) {
        var parser = try SCIMParser(text)
        self = try parser.disjunction(depth: 0)
        try parser.expectEnd()
    }

    /// The attribute and the value of a filter that is one `eq` and nothing else.
    public var singleEquality: (path: SCIMAttributePath, value: JSONValue)? {
        guard case .comparison(let path, .equal, let value) = self else { return nil }
        return (path, value)
    }
}

extension SCIMFilter: CustomStringConvertible {
    /// The filter as text; parsing it gives the same filter.
    public var description: String {
        switch self {
        case .comparison(let path, let comparison, let value):
            "\(path) \(comparison.rawValue) \(value.text)"
        case .present(let path): "\(path) pr"
        case .valuePath(let path, let filter): "\(path)[\(filter)]"
        case .all(let filters):
            filters.map { filter in
                switch filter {
                case .all, .any: "(\(filter))"
                default: filter.description
                }
            }.joined(separator: " and ")
        case .any(let filters):
            filters.map { filter in
                if case .any = filter { "(\(filter))" } else { filter.description }
            }.joined(separator: " or ")
        case .not(let filter): "not (\(filter))"
        }
    }
}
