// An object where it stands in a list.

/// A listed object and its place in the list.
public struct ListedObject: Sendable, Equatable {
    /// The place.
    public let place: PagePlace
    /// The object.
    public let object: DirectoryObject

    /// Makes a listed object.
    public init(place: PagePlace, object: DirectoryObject) {
        self.place = place
        self.object = object
    }
}
