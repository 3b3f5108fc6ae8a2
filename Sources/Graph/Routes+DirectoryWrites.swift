// The writes among the neighbours: users, groups, applications, assignments, extensions, recycle bin.

import Model

extension Routes {
    /// Rows N101 and on.
    static let directoryWrites: [Route] =
        userWrites + groupWrites + applicationWrites + credentialWrites + assignmentWrites
        + deletedItemWrites + directoryActions

    private static let users = "/users"
    private static let user = "/users/{\(DirectoryParameter.user)}"
    private static let groups = "/groups"
    private static let group = "/groups/{\(DirectoryParameter.group)}"
    private static let applications = "/applications"
    private static let application = "/applications/{\(DirectoryParameter.application)}"
    private static let principals = "/servicePrincipals"
    private static let principal =
        "/servicePrincipals/{\(DirectoryParameter.servicePrincipal)}"
    private static let object = "{\(DirectoryParameter.object)}"

    /// A row of a directory resource.
    private static func row(
        _ number: Int, _ method: String, _ path: String, _ permission: PermissionKey,
        _ evidence: String = "D", _ handler: (@Sendable (GraphCall) throws -> GraphAnswer)? = nil
    ) -> Route {
        Route(
            "N\(number)", method, path, permission, evidence, isDirectoryResource: true, handler)
    }

    private static let userWrites: [Route] = [
        row(101, "POST", users, .writeUsers, "D", UserWriteHandlers.create),
        row(102, "PATCH", user, .writeUsers, "D", UserWriteHandlers.update),
        row(103, "DELETE", user, .writeUsers, "D", UserWriteHandlers.delete),
        row(104, "PUT", user + "/manager/$ref", .writeUsers, "D", UserWriteHandlers.setManager),
        row(
            105, "DELETE", user + "/manager/$ref", .writeUsers, "D",
            UserWriteHandlers.removeManager),
    ]

    private static let groupWrites: [Route] =
        [
            row(106, "POST", groups, .writeGroups, "D", GroupWriteHandlers.create),
            row(107, "PATCH", group, .writeGroups, "D", GroupWriteHandlers.update),
            row(108, "DELETE", group, .writeGroups, "D", GroupWriteHandlers.delete),
        ]
        + references("members", .member, .group, group, .writeGroups, from: 109)
        + references("owners", .owner, .group, group, .writeGroups, from: 112)

    /// Add, remove by the path, remove by the query.
    private static func references(
        _ property: String, _ name: LinkName, _ kind: DirectoryKind, _ owner: String,
        _ permission: PermissionKey, from number: Int
    ) -> [Route] {
        let path = owner + "/" + property
        return [
            row(
                number, "POST", path + "/$ref", permission, "D",
                ReferenceHandlers.add(name, to: kind)),
            row(
                number + 1, "DELETE", path + "/" + object + "/$ref", permission, "D",
                ReferenceHandlers.remove(name, from: kind)),
            row(
                number + 2, "DELETE", path + "/$ref", permission, "S",
                ReferenceHandlers.remove(name, from: kind)),
        ]
    }

    private static let applicationWrites: [Route] =
        [
            row(
                115, "POST", applications, .writeApplications, "D",
                ApplicationWriteHandlers.createApplication),
            row(
                116, "PATCH", application, .writeApplications, "D",
                ApplicationWriteHandlers.updateApplication),
            row(
                117, "DELETE", application, .writeApplications, "D",
                ApplicationWriteHandlers.delete(.application)),
            row(
                118, "POST", principals, .writeApplications, "D",
                ApplicationWriteHandlers.createServicePrincipal),
            row(
                119, "PATCH", principal, .writeApplications, "D",
                ApplicationWriteHandlers.updateServicePrincipal),
            row(
                120, "DELETE", principal, .writeApplications, "D",
                ApplicationWriteHandlers.delete(.servicePrincipal)),
            row(
                121, "POST",
                "/applicationTemplates/{\(DirectoryParameter.applicationTemplate)}/instantiate",
                .writeApplications, "L", ApplicationWriteHandlers.instantiate),
            row(
                122, "POST", application + "/extensionProperties", .writeApplications, "D",
                ExtensionWriteHandlers.create),
            row(
                123, "DELETE",
                application + "/extensionProperties/{\(DirectoryParameter.extensionProperty)}",
                .writeApplications, "D", ExtensionWriteHandlers.delete),
        ]
        + references("owners", .owner, .application, application, .writeApplications, from: 124)
        + references(
            "owners", .owner, .servicePrincipal, principal, .writeApplications, from: 127)

    private static let credentialWrites: [Route] = [
        row(
            130, "POST", application + "/addPassword", .writeApplications, "D",
            PasswordHandlers.add(.application)),
        row(
            131, "POST", application + "/removePassword", .writeApplications, "D",
            PasswordHandlers.remove(.application)),
        row(
            132, "POST", principal + "/addPassword", .writeApplications, "D",
            PasswordHandlers.add(.servicePrincipal)),
        row(
            133, "POST", principal + "/removePassword", .writeApplications, "D",
            PasswordHandlers.remove(.servicePrincipal)),
        row(134, "POST", application + "/addKey", .writeApplications),
        row(135, "POST", application + "/removeKey", .writeApplications),
        row(136, "POST", principal + "/addKey", .writeApplications),
        row(137, "POST", principal + "/removeKey", .writeApplications),
    ]

    private static let assignmentWrites: [Route] =
        [
            row(
                138, "POST", principal + "/appRoleAssignedTo", .writeAssignments, "D",
                AssignmentWriteHandlers.createForResource),
            row(
                139, "DELETE",
                principal + "/appRoleAssignedTo/{\(DirectoryParameter.assignment)}",
                .writeAssignments, "D", AssignmentWriteHandlers.delete(of: .servicePrincipal)),
        ] + assignments(.servicePrincipal, principal, from: 140)
        + assignments(.user, user, from: 142) + assignments(.group, group, from: 144)

    private static func assignments(
        _ kind: DirectoryKind, _ owner: String, from number: Int
    ) -> [Route] {
        let path = owner + "/appRoleAssignments"
        return [
            row(
                number, "POST", path, .writeAssignments, "D",
                AssignmentWriteHandlers.create(for: kind)),
            row(
                number + 1, "DELETE", path + "/{\(DirectoryParameter.assignment)}",
                .writeAssignments, "D", AssignmentWriteHandlers.delete(of: kind)),
        ]
    }

    private static let deletedItemWrites: [Route] = [
        row(
            146, "POST", "/directory/deletedItems/" + object + "/restore", .writeDirectory, "D",
            DeletedItemWriteHandlers.restore),
        row(
            147, "DELETE", "/directory/deletedItems/" + object, .writeDirectory, "D",
            DeletedItemWriteHandlers.purge),
    ]

    private static let directoryActions: [Route] =
        [
            row(
                148, "POST", "/directoryObjects/getByIds", .readDirectory, "D",
                DirectoryObjectActionHandlers.getByIDs(nil)),
            row(
                149, "POST", "/directoryObjects/validateProperties", .readDirectory, "D",
                DirectoryObjectActionHandlers.validateProperties),
            row(
                150, "POST", users + "/getByIds", .readUsers, "S",
                DirectoryObjectActionHandlers.getByIDs(.user)),
            row(
                151, "POST", groups + "/getByIds", .readGroups, "S",
                DirectoryObjectActionHandlers.getByIDs(.group)),
            row(
                152, "POST", applications + "/getByIds", .readApplications, "S",
                DirectoryObjectActionHandlers.getByIDs(.application)),
            row(
                153, "POST", principals + "/getByIds", .readApplications, "S",
                DirectoryObjectActionHandlers.getByIDs(.servicePrincipal)),
        ] + memberships(.user, user, .readUsers, from: 154)
        + memberships(.group, group, .readGroups, from: 158)
        + memberships(.servicePrincipal, principal, .readApplications, from: 162)

    private static func memberships(
        _ kind: DirectoryKind, _ owner: String, _ permission: PermissionKey, from number: Int
    ) -> [Route] {
        let list = DirectoryObjectActionHandlers.memberGroups(of: kind)
        return [
            row(number, "POST", owner + "/getMemberGroups", permission, "D", list),
            row(number + 1, "POST", owner + "/getMemberObjects", permission, "D", list),
            row(
                number + 2, "POST", owner + "/checkMemberGroups", permission, "D",
                DirectoryObjectActionHandlers.checkGroups(of: kind, "groupIds")),
            row(
                number + 3, "POST", owner + "/checkMemberObjects", permission, "S",
                DirectoryObjectActionHandlers.checkGroups(of: kind, "ids")),
        ]
    }
}
