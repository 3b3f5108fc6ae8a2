// A filter over directory objects, as values: a face parses it, the store executes it.

/// A condition on an object's properties.
public indirect enum FilterExpression: Sendable, Equatable {
    /// The property equals the literal; text is compared without case, as the directory does.
    case equal(property: String, FilterLiteral)
    /// The text property begins with this text, without case.
    case startsWith(property: String, String)
    /// Both conditions hold.
    case and(FilterExpression, FilterExpression)
}

/// A constant of a filter.
public enum FilterLiteral: Sendable, Equatable {
    case string(String)
    case boolean(Bool)
    case null
}

/// A page of a list: which objects, after which, and how many.
public struct ListQuery: Sendable, Equatable {
    /// The condition; nil for all objects.
    public var filter: FilterExpression?
    /// The sequence number after which the page begins; 0 for the first page.
    public var after: Int64
    /// Objects on the page at most.
    public var limit: Int

    /// Makes a query.
    public init(filter: FilterExpression? = nil, after: Int64 = 0, limit: Int) {
        self.filter = filter
        self.after = after
        self.limit = limit
    }
}
