// A filter as values: a face parses it, the store executes it.

/// A condition on an object's properties (OData URL conventions 5.1.1).
public indirect enum FilterExpression: Sendable, Equatable {
    /// Both conditions hold.
    case and(FilterExpression, FilterExpression)
    /// One of the conditions holds.
    case or(FilterExpression, FilterExpression)
    /// The condition does not hold.
    case not(FilterExpression)
    /// The operand stands in this relation to the literal.
    case compare(FilterOperand, FilterComparison, FilterLiteral)
    /// The operand is one of the literals.
    case oneOf(FilterOperand, [FilterLiteral])
    /// The text operand has this text in this place.
    case match(FilterMatch, FilterOperand, String)
    /// An element of the collection meets the condition; nil asks for any element at all.
    case any(FilterPath, FilterExpression?)
    /// Every element of the collection meets the condition.
    case all(FilterPath, FilterExpression)
}

/// The relations of `eq`, `ne`, `gt`, `ge`, `lt` and `le`.
public enum FilterComparison: String, Sendable, CaseIterable {
    case equal = "eq"
    case notEqual = "ne"
    case greater = "gt"
    case greaterOrEqual = "ge"
    case less = "lt"
    case lessOrEqual = "le"
}

/// Where a text is to be found.
public enum FilterMatch: String, Sendable, CaseIterable {
    case startsWith = "startswith"
    case endsWith = "endswith"
    case contains
    /// At the beginning of one of its words, as `$search` asks.
    case word
}

/// What a comparison is about: a property, maybe in one case of letters, or a collection's size.
public struct FilterOperand: Sendable, Equatable {
    /// A function around the property.
    public enum Function: String, Sendable {
        case lower = "tolower"
        case upper = "toupper"
        /// The number of elements: `members/$count`.
        case count = "$count"
    }

    /// The property.
    public var path: FilterPath
    /// What is made of it; nil for the property itself.
    public var function: Function?

    /// Makes an operand.
    public init(path: FilterPath, function: Function? = nil) {
        self.path = path
        self.function = function
    }

    /// The property of this name.
    public init(_ name: String, _ kind: TypeProperty.Kind = .string) {
        self.init(path: FilterPath(names: [name], kind: kind))
    }
}

/// The way to a property: from the object, or from the element that a lambda is at.
public struct FilterPath: Sendable, Equatable {
    /// How many lambdas are around the one whose element it begins at; nil for the object.
    public var lambda: Int?
    /// The properties on the way, as the metadata spells them; empty for the element itself.
    public var names: [String]
    /// What is at its end; nil where the metadata leaves it open.
    public var kind: TypeProperty.Kind?

    /// Makes a path.
    public init(lambda: Int? = nil, names: [String], kind: TypeProperty.Kind?) {
        self.lambda = lambda
        self.names = names
        self.kind = kind
    }
}

/// A constant of a filter.
public enum FilterLiteral: Sendable, Equatable {
    case string(String)
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case guid(GUID)
    case instant(Timestamp)
    case null
}
