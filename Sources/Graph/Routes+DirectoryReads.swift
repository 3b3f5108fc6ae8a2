// The reads among the neighbours: lists, counts, single objects, relations, changes, logs.

import Model

extension Routes {
    /// Rows N1 to N99.
    static let directoryReads: [Route] =
        kinds + userReads + groupReads + applicationReads + principalReads + recordReads
        + otherReads

    private static let listOptions: Set<QueryOption> = [
        .select, .expand, .filter, .orderBy, .search, .count, .top, .skipToken,
    ]
    private static let plainOptions: Set<QueryOption> = [
        .select, .filter, .orderBy, .count, .top, .skipToken,
    ]
    private static let countOptions: Set<QueryOption> = [.filter, .search]

    /// A row of a directory resource.
    private static func row(
        _ number: Int, _ path: String, _ permission: PermissionKey,
        _ options: Set<QueryOption>, evidence: String = "D",
        _ handler: @escaping DirectoryObjectHandlers.Handler
    ) -> Route {
        Route(
            "N\(number)", "GET", path, permission, evidence, options: options,
            isDirectoryResource: true, handler)
    }

    /// The four rows that each kind of object has: list, one, number, changes.
    private static func kind(
        _ kind: DirectoryKind, _ permission: PermissionKey, from number: Int
    ) -> [Route] {
        let set = "/" + kind.rawValue + "s"
        let one = set + "/{\(kind.rawValue)-id}"
        // Changes of users and groups come in pages of the service's own size.
        var deltaOptions: Set<QueryOption> = [.select, .filter, .deltaToken, .skipToken]
        if kind == .application || kind == .servicePrincipal { deltaOptions.insert(.top) }
        return [
            row(number, set, permission, listOptions, DirectoryObjectHandlers.list(kind)),
            row(
                number + 1, one, permission, [.select, .expand],
                DirectoryObjectHandlers.get(kind)),
            row(
                number + 2, set + "/$count", permission, countOptions,
                DirectoryObjectHandlers.count(kind)),
            row(
                number + 3, set + "/delta", permission,
                deltaOptions,
                DeltaHandlers.delta(kind)),
        ]
    }

    private static let kinds: [Route] =
        kind(.servicePrincipal, .readApplications, from: 1)
        + kind(.application, .readApplications, from: 5) + kind(.user, .readUsers, from: 9)
        + kind(.group, .readGroups, from: 13)

    /// A collection of objects: the whole, its number, and the addresses or one cast.
    private static func relation(
        _ name: String, _ kind: DirectoryKind, _ permission: PermissionKey, from number: Int,
        casts: [DirectoryKind] = [], hasReferences: Bool = false
    ) -> [Route] {
        let path = "/\(kind.rawValue)s/{\(kind.rawValue)-id}/\(name)"
        var routes = [
            row(number, path, permission, listOptions, RelationHandlers.list(name, of: kind)),
            row(
                number + 1, path + "/$count", permission, countOptions,
                RelationHandlers.count(name, of: kind)),
        ]
        var next = number + 2
        if hasReferences {
            routes.append(
                row(
                    next, path + "/$ref", permission, [.top, .skipToken],
                    RelationHandlers.references(name, of: kind)))
            next += 1
        }
        for cast in casts {
            let castPath = path + "/microsoft.graph." + cast.rawValue
            routes.append(
                row(
                    next, castPath, permission, listOptions,
                    RelationHandlers.list(name, of: kind, cast: cast)))
            routes.append(
                row(
                    next + 1, castPath + "/$count", permission, countOptions,
                    RelationHandlers.count(name, of: kind, cast: cast)))
            next += 2
        }
        return routes
    }

    private static let userReads: [Route] =
        [
            row(
                17, "/users/{user-id}/manager", .readUsers, [.select],
                RelationHandlers.get("manager", of: .user)),
            row(
                18, "/users/{user-id}/manager/$ref", .readUsers, [],
                RelationHandlers.reference("manager", of: .user)),
        ]
        + relation("directReports", .user, .readUsers, from: 19)
        + relation("memberOf", .user, .readUsers, from: 21, casts: [.group])
        + relation("transitiveMemberOf", .user, .readUsers, from: 25)
        + relation("ownedObjects", .user, .readUsers, from: 27)

    private static let groupReads: [Route] =
        relation(
            "members", .group, .readGroups, from: 29, casts: [.user, .group, .servicePrincipal],
            hasReferences: true)
        + relation("owners", .group, .readGroups, from: 38, hasReferences: true)
        + relation("transitiveMembers", .group, .readGroups, from: 41, casts: [.user])
        + relation("memberOf", .group, .readGroups, from: 45)
        + relation("transitiveMemberOf", .group, .readGroups, from: 47)

    private static let applicationReads: [Route] =
        relation("owners", .application, .readApplications, from: 49, hasReferences: true)
        + [
            row(
                52, "/applications/{application-id}/extensionProperties", .readApplications,
                plainOptions, RecordHandlers.extensionProperties),
            row(
                53, "/applications/{application-id}/extensionProperties/{extensionProperty-id}",
                .readApplications, [.select], RecordHandlers.extensionProperty),
            row(
                54, "/applications/{application-id}/extensionProperties/$count",
                .readApplications, [], RecordHandlers.extensionPropertyCount),
        ]

    private static let principalReads: [Route] =
        relation("owners", .servicePrincipal, .readApplications, from: 55, hasReferences: true)
        + relation("memberOf", .servicePrincipal, .readApplications, from: 58)
        + [
            row(
                60, "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo",
                .readAssignments, plainOptions, RecordHandlers.assignedTo),
            row(
                61,
                "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo/{appRoleAssignment-id}",
                .readAssignments, [.select], RecordHandlers.assignedToOne),
            row(
                62, "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo/$count",
                .readAssignments, [], RecordHandlers.assignedToCount),
        ]

    /// What a kind of principal is assigned to.
    private static func assignments(_ kind: DirectoryKind, from number: Int) -> [Route] {
        let path = "/\(kind.rawValue)s/{\(kind.rawValue)-id}/appRoleAssignments"
        return [
            row(number, path, .readAssignments, plainOptions, RecordHandlers.assignments(of: kind)),
            row(
                number + 1, path + "/{appRoleAssignment-id}", .readAssignments, [.select],
                RecordHandlers.assignment(of: kind)),
            row(
                number + 2, path + "/$count", .readAssignments, [],
                RecordHandlers.assignmentCount(of: kind)),
        ]
    }

    private static let recordReads: [Route] =
        assignments(.user, from: 63) + assignments(.group, from: 66)
        + assignments(.servicePrincipal, from: 69)
        + [
            row(
                72, "/applicationTemplates", .none, plainOptions.union([.skip]),
                RecordHandlers.applicationTemplates),
            row(
                73, "/applicationTemplates/{applicationTemplate-id}", .none, [.select],
                RecordHandlers.applicationTemplate),
            row(
                74, "/applicationTemplates/$count", .none, [], evidence: "S",
                RecordHandlers.applicationTemplateCount),
            row(
                75, "/organization", .readDirectory, [.select, .top, .skipToken],
                RecordHandlers.organizations),
            row(
                76, "/organization/{organization-id}", .readDirectory, [.select],
                RecordHandlers.organizationByID),
        ]

    private static let otherReads: [Route] =
        [
            Route(
                "N77", "GET", "/auditLogs/provisioning", .log, "D",
                options: [.select, .filter, .orderBy, .top, .skipToken],
                ProvisioningLogHandlers.list),
            row(
                78, "/directoryObjects/{directoryObject-id}", .readDirectory, [.select],
                DirectoryObjectHandlers.directoryObject),
            row(
                79, "/directory/deletedItems/{directoryObject-id}", .readDirectory, [.select],
                DirectoryObjectHandlers.deletedItem),
        ]
        + deletedItems(.user, from: 80) + deletedItems(.group, from: 82)
        + deletedItems(.application, from: 84) + deletedItems(.servicePrincipal, from: 86)

    /// The recycle bin of a kind.
    private static func deletedItems(_ kind: DirectoryKind, from number: Int) -> [Route] {
        let path = "/directory/deletedItems/microsoft.graph." + kind.rawValue
        return [
            row(
                number, path, .readDirectory, listOptions,
                DirectoryObjectHandlers.deletedList(kind)),
            row(
                number + 1, path + "/$count", .readDirectory, countOptions,
                DirectoryObjectHandlers.deletedCount(kind)),
        ]
    }
}
