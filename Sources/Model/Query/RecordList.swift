// Lists of what belongs to directory objects.

/// The lists beside those of directory objects.
public enum RecordList: Sendable, Equatable {
    /// Who is assigned to a service principal.
    case assignedTo(resource: GUID)
    /// What a user, group or service principal is assigned to.
    case assignments(principal: GUID)
    /// The extension properties that an application declares.
    case extensionProperties(application: GUID)
    /// The tenant's provisioning logs.
    case provisioningLogs
    /// A list that no table has: applications of the gallery.
    case values([JSONObject])
}

/// A record and its place in its list.
public struct ListedRecord: Sendable, Equatable {
    /// The place.
    public let place: PagePlace
    /// The record in the service's JSON.
    public let json: JSONObject

    /// Makes a listed record.
    public init(place: PagePlace, json: JSONObject) {
        self.place = place
        self.json = json
    }
}
