// The directory roles that mean something to provisioning.

import Model

/// A built-in role of the directory, by the identifier of its template.
///
/// Follows <https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference>.
public enum DirectoryRole: String, Sendable, CaseIterable {
    case globalAdministrator = "62e90394-69f5-4237-9190-012177145e10"
    case globalReader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
    case applicationAdministrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"
    case cloudApplicationAdministrator = "158c047a-c907-4556-b7ef-446551a6b5f7"
    case hybridIdentityAdministrator = "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"
    case userAdministrator = "fe930be7-5e62-47db-91af-98c3a49a38b1"
    case groupsAdministrator = "fdd7a751-b60b-444a-984c-02652fe8fa1c"
    case privilegedRoleAdministrator = "e8611ab8-c189-46e8-94e1-60213ab1f814"
    case reportsReader = "4a5d8f65-41da-4de4-8968-e035b65339cf"
    case securityReader = "5d6b6bb7-de71-4623-b4af-96380a352509"

    /// The name that people know it by.
    public var displayName: String {
        switch self {
        case .globalAdministrator: "Global Administrator"
        case .globalReader: "Global Reader"
        case .applicationAdministrator: "Application Administrator"
        case .cloudApplicationAdministrator: "Cloud Application Administrator"
        case .hybridIdentityAdministrator: "Hybrid Identity Administrator"
        case .userAdministrator: "User Administrator"
        case .groupsAdministrator: "Groups Administrator"
        case .privilegedRoleAdministrator: "Privileged Role Administrator"
        case .reportsReader: "Reports Reader"
        case .securityReader: "Security Reader"
        }
    }

    /// The role of a name or of a template's identifier.
    init?(named name: String) {
        let found = DirectoryRole.allCases.first {
            $0.displayName.lowercased() == name.lowercased() || $0.rawValue == name.lowercased()
        }
        guard let found else { return nil }
        self = found
    }

    /// The template's identifier.
    var template: GUID { GUID(parsing: rawValue) ?? .zero }
}
