// What changed in the directory, as delta queries ask.

/// An object that changed, and how.
public struct DirectoryChange: Sendable, Equatable {
    /// A link that came or went.
    public struct Link: Sendable, Equatable {
        /// What it means: `member`, `manager`, `owner`.
        public let name: String
        /// Its far end.
        public let target: String
        /// Whether it is gone.
        public let isRemoved: Bool

        /// Makes a link.
        public init(name: String, target: String, isRemoved: Bool) {
            self.name = name
            self.target = target
            self.isRemoved = isRemoved
        }
    }

    /// The object's identifier.
    public let id: String
    /// The number of its last change.
    public let sequence: Int64
    /// Whether only links of it changed.
    public let isReference: Bool
    /// The properties that changed; nil when it was made or removed in between.
    public let properties: Set<String>?
    /// The links that changed, each once, as they are now.
    public var links: [Link] = []

    /// Makes a change.
    public init(id: String, sequence: Int64, isReference: Bool, properties: Set<String>?) {
        self.id = id
        self.sequence = sequence
        self.isReference = isReference
        self.properties = properties
    }
}

/// Which changes: of one kind of object, after one number and up to another.
public struct ChangeWindow: Sendable, Equatable {
    /// What changed.
    public var kind: DirectoryKind
    /// The number after which it begins.
    public var after: Int64
    /// The last number in it.
    public var upTo: Int64
    /// Those of these objects only; nil for all.
    public var ids: [GUID]?

    /// Makes a window.
    public init(kind: DirectoryKind, after: Int64, upTo: Int64, ids: [GUID]? = nil) {
        self.kind = kind
        self.after = after
        self.upTo = upTo
        self.ids = ids
    }
}
