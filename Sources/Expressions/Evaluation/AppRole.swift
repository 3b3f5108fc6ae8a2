// A role of an application, as role functions write it.

/// A role that the source object is assigned.
public struct AppRole: Hashable, Sendable {
    /// The role's id; nil when only its name is known.
    public var id: String?
    /// The role's value, which claims carry.
    public var value: String?
    /// The role's name for people.
    public var displayName: String

    /// Makes a role.
    public init(id: String?, value: String?, displayName: String) {
        self.id = id
        self.value = value
        self.displayName = displayName
    }
}

extension AppRole {
    /// The text of a JSON object with what is known of the role.
    ///
    /// Shape: `{"id":"…","value":"Admin","displayName":"Admin"}`.
    public var assignmentText: String {
        var members: [String] = []
        if let id { members.append("\"id\":\(JSONText.quoted(id))") }
        if let value { members.append("\"value\":\(JSONText.quoted(value))") }
        members.append("\"displayName\":\(JSONText.quoted(displayName))")
        return "{\(members.joined(separator: ","))}"
    }

    /// The text of a member of the SCIM `roles` attribute.
    var memberText: String {
        "{\"primary\":false,\"type\":\"WindowsAzureActiveDirectoryRole\","
            + "\"display\":\(JSONText.quoted(displayName)),\"value\":\(JSONText.quoted(value ?? displayName))}"
    }
}

extension EvaluationContext {
    /// The role that a value of `appRoleAssignments` stands for: its id, value or name.
    func role(assigned text: String) -> AppRole {
        let known = appRoles.first { role in
            [role.id, role.value, role.displayName].contains(text)
        }
        return known ?? AppRole(id: nil, value: nil, displayName: text)
    }
}
