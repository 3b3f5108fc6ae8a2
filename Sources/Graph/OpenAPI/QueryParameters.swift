// Query options, headers and path parameters of the OpenAPI document.

import Model

/// The parameters of an operation.
struct QueryParameters {
    /// The type that `$select`, `$expand` and `$orderby` are about.
    private let type: StructuredType?

    init(_ type: StructuredType?) { self.type = type }

    /// Parameters of a path that are identifiers of the directory.
    private static let identifiers: Set<String> = [
        "servicePrincipal-id", "application-id", "group-id", "directoryObject-id",
        "applicationTemplate-id", "extensionProperty-id", "organization-id",
    ]

    /// A parameter of the path.
    static func path(_ name: String) -> JSONValue {
        let schema: JSONValue =
            identifiers.contains(name)
            ? ["type": "string", "format": "uuid"] : ["type": "string", "minLength": 1]
        return ["name": .string(name), "in": "path", "required": true, "schema": schema]
    }

    /// The parameters of a row.
    func all(of route: Route) -> [JSONValue] {
        let options = route.options.sorted { $0.rawValue < $1.rawValue }
        let header: [JSONValue] =
            route.isDirectoryResource && !route.options.isDisjoint(with: [.filter, .search])
            ? [QueryParameters.consistency(isRequired: route.path.hasSuffix("/$count"))] : []
        return options.map(parameter) + header
    }

    /// Advanced queries ask for it, and every `/$count` of the directory.
    private static func consistency(isRequired: Bool) -> JSONValue {
        [
            "name": "ConsistencyLevel", "in": "header", "required": .bool(isRequired),
            "schema": isRequired ? ["type": "string", "enum": ["eventual"]] : ["type": "string"],
        ]
    }

    private func parameter(_ option: QueryOption) -> JSONValue {
        var members = JSONObject([("name", .string(option.rawValue)), ("in", "query")])
        switch option {
        case .top: members["schema"] = ["type": "integer", "minimum": 1, "maximum": 999]
        case .skip: members["schema"] = ["type": "integer", "minimum": 0, "maximum": 1_000_000]
        case .count: members["schema"] = ["type": "boolean"]
        case .select: list(names { !$0.isNavigation && $0.kind != .stream }, &members)
        case .expand: list(names { isExpandable($0) }, &members)
        case .orderBy:
            let names = names { isSortable($0) }
            members["schema"] =
                names.isEmpty
                ? ["type": "string", "minLength": 1]
                : ["type": "string", "enum": .array(names + names.map(QueryParameters.descending))]
        case .skipToken, .deltaToken: members["schema"] = ["type": "string"]
        default: members["schema"] = ["type": "string", "minLength": 1]
        }
        return .object(members)
    }

    private static func descending(_ name: JSONValue) -> JSONValue {
        .string((name.string ?? "") + " desc")
    }

    /// Names between commas; any text where the names are not known.
    private func list(_ names: [JSONValue], _ members: inout JSONObject) {
        guard !names.isEmpty else {
            members["schema"] = ["type": "string", "minLength": 1]
            return
        }
        members["style"] = "form"
        members["explode"] = false
        members["schema"] = [
            "type": "array", "minItems": 1,
            "items": ["type": "string", "enum": .array(names)],
        ]
    }

    private func names(where isWanted: (TypeProperty) -> Bool) -> [JSONValue] {
        (type?.properties ?? []).filter(isWanted).map { .string($0.name) }
    }

    private func isExpandable(_ property: TypeProperty) -> Bool {
        guard property.isNavigation, let type else { return false }
        guard let kind = DirectoryKind(rawValue: type.name) else { return true }
        return Relation.named(property.name, of: kind) != nil
            || ["appRoleAssignments", "appRoleAssignedTo", "extensionProperties"]
                .contains(property.name)
    }

    private func isSortable(_ property: TypeProperty) -> Bool {
        guard !property.isNavigation, !property.isCollection, property.kind != .stream else {
            return false
        }
        if case .structured = property.kind { return false }
        return property.traits.sorting == .standard
    }
}
