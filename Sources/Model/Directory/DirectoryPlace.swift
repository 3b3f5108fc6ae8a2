// Where objects of directories beside the tenant's own are.

/// Objects of one type in one directory of one application.
public struct DirectoryPlace: Sendable, Equatable {
    /// The application that the directory belongs to.
    public let servicePrincipal: GUID
    /// The directory's name.
    public let directory: String
    /// The name of the objects' type.
    public let objectType: String

    /// Makes a place.
    public init(servicePrincipal: GUID, directory: String, objectType: String) {
        self.servicePrincipal = servicePrincipal
        self.directory = directory
        self.objectType = objectType
    }
}

/// How many objects of a type a directory holds.
public struct DirectoryCount: Sendable {
    /// Where they are.
    public let place: DirectoryPlace
    /// How many there are.
    public let count: Int64

    /// Makes a count.
    public init(place: DirectoryPlace, count: Int64) {
        self.place = place
        self.count = count
    }
}

/// An object where it stands.
public struct PlacedObject: Sendable {
    /// Its number, by which pages go on.
    public let sequence: Int64
    /// Its anchor.
    public let id: String
    /// Its attributes.
    public let attributes: JSONObject

    /// Makes an object.
    public init(sequence: Int64, id: String, attributes: JSONObject) {
        self.sequence = sequence
        self.id = id
        self.attributes = attributes
    }
}
