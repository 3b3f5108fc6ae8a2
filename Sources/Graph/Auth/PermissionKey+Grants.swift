// What each permission key asks for (graph-api, table 1.3, and the neighbours' reference pages).

import Emulator

/// Ways to be allowed an operation.
struct PermissionGrants {
    /// Delegated permissions, of which one has to be in `scp`.
    var delegated: Set<String>
    /// Application permissions, of which one has to be in `roles`.
    var application: Set<String>
    /// Application permissions that do where the caller owns the object.
    var ifOwned: Set<String> = []
    /// Directory roles, of which a user has to have one; empty where none is needed.
    var directoryRoles: Set<DirectoryRole> = []
}

extension PermissionKey {
    private static let owned: Set<String> = ["Application.ReadWrite.OwnedBy"]
    private static let administrators: Set<DirectoryRole> = [
        .globalAdministrator, .applicationAdministrator, .cloudApplicationAdministrator,
        .hybridIdentityAdministrator,
    ]
    private static let readDirectoryData: Set<String> = [
        "Directory.Read.All", "Directory.ReadWrite.All",
    ]

    /// Whether the operation belongs to the synchronization service, which refuses in its own way.
    var isSynchronization: Bool {
        switch self {
        case .read, .readSchema, .readFunctions, .write, .writeSchema, .discover: true
        default: false
        }
    }

    /// Whether a directory role lets a user read what the token's permissions do not cover.
    var isOpenToStrongRoles: Bool { self == .read || self == .readSchema }

    /// Whether there is a permission for applications and one for users.
    public var grantsSomebody: Bool {
        grants.map { !$0.delegated.isEmpty && !$0.application.isEmpty } ?? false
    }

    /// What the operation asks for; nil where it asks for nothing.
    var grants: PermissionGrants? {
        switch self {
        case .none: nil
        case .read, .readSchema, .readFunctions, .write, .writeSchema, .discover:
            synchronizationGrants
        case .bulkUpload:
            PermissionGrants(
                delegated: ["SynchronizationData-User.Upload"],
                application: ["SynchronizationData-User.Upload"],
                ifOwned: ["SynchronizationData-User.Upload.OwnedBy"],
                directoryRoles: PermissionKey.administrators)
        case .log:
            PermissionGrants(
                both: ["ProvisioningLog.Read.All", "AuditLog.Read.All"],
                directoryRoles: PermissionKey.administrators.union([
                    .globalReader, .reportsReader, .securityReader,
                ]))
        default: directoryGrants
        }
    }

    private var synchronizationGrants: PermissionGrants {
        let write: Set<String> = ["Synchronization.ReadWrite.All"]
        let read = write.union(["Synchronization.Read.All"])
        let writeAttributes: Set<String> = ["CustomSecAttributeProvisioning.ReadWrite.All"]
        let readAttributes = writeAttributes.union(["CustomSecAttributeProvisioning.Read.All"])
        let permissions: Set<String> =
            switch self {
            case .read: read
            case .readSchema: read.union(readAttributes)
            case .writeSchema: write.union(writeAttributes)
            case .discover: ["Directory.ReadWrite.All"]
            default: write
            }
        let readers: Set<DirectoryRole> =
            self == .read || self == .readSchema
            ? [.globalReader] : []
        return PermissionGrants(
            both: permissions, ifOwned: PermissionKey.owned,
            directoryRoles: PermissionKey.administrators.union(readers))
    }

    private var directoryGrants: PermissionGrants {
        let applications = PermissionKey.readDirectoryData.union([
            "Application.Read.All", "Application.ReadWrite.All",
        ])
        let users = PermissionKey.readDirectoryData.union(["User.Read.All", "User.ReadWrite.All"])
        let groups = PermissionKey.readDirectoryData.union([
            "Group.Read.All", "Group.ReadWrite.All", "GroupMember.Read.All",
            "GroupMember.ReadWrite.All",
        ])
        switch self {
        case .readApplications:
            return PermissionGrants(
                delegated: applications, application: applications.union(PermissionKey.owned))
        case .writeApplications:
            return PermissionGrants(
                both: ["Application.ReadWrite.All", "Directory.ReadWrite.All"],
                ifOwned: PermissionKey.owned,
                directoryRoles: PermissionKey.administrators)
        case .readAssignments:
            return PermissionGrants(
                both: applications.union(["AppRoleAssignment.ReadWrite.All"]))
        case .writeAssignments:
            return PermissionGrants(
                both: ["AppRoleAssignment.ReadWrite.All"],
                directoryRoles: PermissionKey.administrators.union([
                    .privilegedRoleAdministrator
                ]))
        case .readUsers: return PermissionGrants(both: users)
        case .writeUsers:
            return PermissionGrants(
                both: ["User.ReadWrite.All", "Directory.ReadWrite.All"],
                directoryRoles: [.globalAdministrator, .userAdministrator])
        case .readGroups: return PermissionGrants(both: groups)
        case .writeGroups:
            return PermissionGrants(
                both: [
                    "Group.ReadWrite.All", "GroupMember.ReadWrite.All", "Directory.ReadWrite.All",
                ],
                directoryRoles: [
                    .globalAdministrator, .groupsAdministrator, .userAdministrator,
                ])
        case .writeDirectory:
            return PermissionGrants(
                both: [
                    "Application.ReadWrite.All", "Directory.ReadWrite.All", "Group.ReadWrite.All",
                    "User.ReadWrite.All",
                ],
                directoryRoles: [
                    .globalAdministrator, .applicationAdministrator,
                    .cloudApplicationAdministrator, .groupsAdministrator, .userAdministrator,
                ])
        default: return PermissionGrants(both: applications.union(users).union(groups))
        }
    }
}

extension PermissionGrants {
    /// Grants whose delegated and application permissions have the same names.
    fileprivate init(
        both: Set<String>, ifOwned: Set<String> = [], directoryRoles: Set<DirectoryRole> = []
    ) {
        self.init(
            delegated: both, application: both, ifOwned: ifOwned, directoryRoles: directoryRoles)
    }
}
