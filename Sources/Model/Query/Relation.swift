// The navigation properties between directory objects.

/// A navigation property whose far ends are directory objects.
public struct Relation: Sendable, Equatable {
    /// Where the links lead from the object that is asked.
    public enum Direction: Sendable {
        /// From it to others: `members`.
        case forward
        /// From others to it: `memberOf`.
        case backward
    }

    /// What the links mean.
    public let link: String
    /// Whether they are followed to their targets or back to their sources.
    public let direction: Direction
    /// Whether links of links count.
    public let isTransitive: Bool
    /// The kinds of objects at the far end.
    public let kinds: [DirectoryKind]

    /// Makes a relation.
    public init(
        _ link: String, _ direction: Direction, _ kinds: [DirectoryKind],
        isTransitive: Bool = false
    ) {
        self.link = link
        self.direction = direction
        self.kinds = kinds
        self.isTransitive = isTransitive
    }
}

/// An object at the far end of a relation.
public struct RelatedObject: Sendable {
    /// What it is.
    public let kind: DirectoryKind
    /// The object.
    public let object: DirectoryObject

    /// Makes one.
    public init(kind: DirectoryKind, object: DirectoryObject) {
        self.kind = kind
        self.object = object
    }
}
