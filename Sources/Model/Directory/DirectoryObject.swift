// An object of the tenant's directory: an identifier and the service's JSON.

/// A service principal, application, user or group as a row holds it and a face shows it.
public struct DirectoryObject: Sendable, Equatable {
    /// The object's identifier.
    public let id: GUID
    /// All of its members in the service's JSON, `id` first.
    public let json: JSONObject

    /// An object from its JSON; nil when `id` is missing or no GUID.
    public init?(_ json: JSONObject) {
        guard let id = json["id"]?.string.flatMap({ GUID(parsing: $0) }) else { return nil }
        self.id = id
        self.json = json
    }

    /// The application's identifier of an application or a service principal.
    public var appID: GUID? { json["appId"]?.string.flatMap { GUID(parsing: $0) } }
}
