// Which part of a list, and in which order.

/// A page of a list: which objects, in which order, after which, and how many.
public struct ListQuery: Sendable, Equatable {
    /// The condition; nil for all objects.
    public var filter: FilterExpression?
    /// What the list is sorted by; nil for the order in which the store has it cheapest.
    public var order: SortOrder?
    /// The place after which the page begins; nil for the first page.
    public var after: PagePlace?
    /// Objects on the page at most.
    public var limit: Int

    /// Makes a query.
    public init(
        filter: FilterExpression? = nil, order: SortOrder? = nil, after: PagePlace? = nil,
        limit: Int
    ) {
        self.filter = filter
        self.order = order
        self.after = after
        self.limit = limit
    }
}

/// One key of `$orderby`.
public struct SortOrder: Sendable, Equatable {
    /// The property, as the metadata spells it.
    public var property: String
    /// Whether the largest comes first.
    public var isDescending: Bool

    /// Makes an order.
    public init(property: String, isDescending: Bool = false) {
        self.property = property
        self.isDescending = isDescending
    }
}

/// A place in a list: the key that it is sorted by, and a number that tells equal keys apart.
public struct PagePlace: Sendable, Equatable {
    /// A key as columns hold it.
    public enum Key: Sendable, Equatable {
        /// The list is in the order of its numbers.
        case none
        case null
        case text(String)
        case integer(Int64)
    }

    /// The key of the last object of the page before.
    public var key: Key
    /// Its number.
    public var sequence: Int64

    /// Makes a place.
    public init(key: Key = .none, sequence: Int64) {
        self.key = key
        self.sequence = sequence
    }
}

/// Which objects of a kind a list is over.
public enum ListScope: Sendable {
    /// Those in use.
    case live
    /// Those in the recycle bin.
    case deleted
}
