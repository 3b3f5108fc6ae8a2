// What operations on the neighbours take and give: read off their paths, written down where that fails.

import Model

extension OperationShape {
    private static let sets = [
        "users": "user", "groups": "group", "applications": "application",
        "servicePrincipals": "servicePrincipal",
        "applicationTemplates": "applicationTemplate", "organization": "organization",
        "appRoleAssignments": "appRoleAssignment", "appRoleAssignedTo": "appRoleAssignment",
        "extensionProperties": "extensionProperty",
    ]

    /// The members that a new entity can't do without.
    private static let required = [
        "user": [
            "accountEnabled", "displayName", "mailNickname", "passwordProfile",
            "userPrincipalName",
        ],
        "group": ["displayName", "mailEnabled", "mailNickname", "securityEnabled"],
        "application": ["displayName"], "servicePrincipal": ["appId"],
        "appRoleAssignment": ["principalId", "resourceId"],
        "extensionProperty": ["dataType", "name", "targetObjects"],
    ]

    private static let done: [(status: Int, content: Content?)] = [(204, nil)]

    /// The shape of a row among the neighbours; nil where its path does not tell.
    static func neighbour(_ route: Route) -> OperationShape? {
        let segments = route.path.split(separator: "/").map(String.init)
        guard let last = segments.last, !route.path.hasSuffix("$count") else { return nil }
        if last == "provisioning", route.method == "GET" {
            return OperationShape(nil, [(200, .collection("provisioningObjectSummary"))])
        }
        if last == "$ref" { return reference(route) }
        if last.hasPrefix("microsoft.graph."), route.method == "GET" {
            let type = String(last.dropFirst("microsoft.graph.".count))
            return OperationShape(nil, [(200, .collection(type))])
        }
        if last == "delta" {
            return sets[segments[0]].map { OperationShape(nil, [(200, .collection($0))]) }
        }
        if last.hasPrefix("{"), segments.count > 1, let type = sets[segments[segments.count - 2]] {
            return entity(type, route.method)
        }
        if let type = sets[last] {
            if route.method == "GET" { return OperationShape(nil, [(200, .collection(type))]) }
            return OperationShape(
                .newEntity(type, required: required[type] ?? []), [(201, .entity(type))])
        }
        return action(last, route.method)
    }

    private static func entity(_ type: String, _ method: String) -> OperationShape? {
        switch method {
        case "GET": OperationShape(nil, [(200, .entity(type))])
        // With `Prefer: create-if-missing` applications and service principals may come to be.
        case "PATCH": OperationShape(.entity(type), [(201, .entity(type)), (204, nil)])
        default: nil
        }
    }

    private static func reference(_ route: Route) -> OperationShape? {
        switch route.method {
        case "POST", "PUT":
            OperationShape(
                .members(
                    [("@odata.id", ["type": "string", "minLength": 1])], required: ["@odata.id"]),
                done)
        case "GET": OperationShape(nil, [(200, .anyObject)])
        default: nil
        }
    }

    private static let identifiers: JSONValue = [
        "type": "array", "maxItems": .integer(Int64(Limits.requestedObjects)),
        "items": ["type": "string", "format": "uuid"],
    ]

    private static func action(_ name: String, _ method: String) -> OperationShape? {
        switch (method, name) {
        case ("POST", "instantiate"):
            OperationShape(
                .members(
                    [("displayName", ["type": "string", "minLength": 1])],
                    required: ["displayName"]), [(201, .anyObject)])
        case ("POST", "getByIds"):
            OperationShape(
                .members(
                    [
                        ("ids", identifiers),
                        ("types", ["type": ["array", "null"], "items": ["type": "string"]]),
                    ],
                    required: ["ids"]), [(200, .objects)])
        case ("POST", "restore"): OperationShape(nil, [(200, .anyObject)])
        case ("GET", "members"), ("GET", "owners"), ("GET", "memberOf"),
            ("GET", "transitiveMembers"), ("GET", "transitiveMemberOf"), ("GET", "ownedObjects"),
            ("GET", "directReports"):
            OperationShape(nil, [(200, .objects)])
        default: nil
        }
    }

    /// The type that query options are about; nil where elements are of several types.
    var elementType: String? {
        switch answers.first?.content {
        case .entity(let type)?, .collection(let type)?: type
        default: nil
        }
    }
}
