// An object where it stands in a list.

/// A listed object and its place in the list.
public struct ListedObject: Sendable, Equatable {
    /// The place: later objects have larger numbers.
    public let sequence: Int64
    /// The object.
    public let object: DirectoryObject

    /// Makes a listed object.
    public init(sequence: Int64, object: DirectoryObject) {
        self.sequence = sequence
        self.object = object
    }
}
