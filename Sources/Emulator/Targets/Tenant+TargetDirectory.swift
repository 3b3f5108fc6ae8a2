// The built-in target as one more directory: `scim`, with objects of the types User and Group.

import Model
import Storage

extension Tenant {
    /// The name that the built-in target's directories go by in seeds, exports and the control API.
    public static let targetDirectory = "scim"

    /// The type that objects of a target's directory are of; nil for another name.
    static func targetType(_ name: String) -> SCIMResourceType? { SCIMResourceType(named: name) }

    /// Where users or groups of an application are in the built-in target.
    ///
    /// - Throws: `ToolError.directoryNotFound` for a type that it has not, or when no application has
    ///   anything there; `.ambiguousDirectory` when several have and none is named.
    func targetPlace(objectType: String, servicePrincipal: GUID?) throws -> DirectoryPlace {
        let name = Tenant.targetDirectory
        guard let type = Tenant.targetType(objectType) else {
            throw ToolError.directoryNotFound(name + "/" + objectType)
        }
        let owners = try read { try $0.export.targetOwners().map(\.servicePrincipal) }
        let chosen = servicePrincipal.map { [$0] } ?? owners
        guard let owner = chosen.first else { throw ToolError.directoryNotFound(name) }
        guard chosen.count == 1 else {
            throw ToolError.ambiguousDirectory(
                name, servicePrincipals: chosen.map(\.description))
        }
        return DirectoryPlace(servicePrincipal: owner, directory: name, objectType: type.name)
    }

    /// The next resources behind a place in the list.
    func targetRows(
        _ place: DirectoryPlace, after sequence: Int64, limit: Int
    ) throws -> [PlacedObject] {
        guard let type = Tenant.targetType(place.objectType) else { return [] }
        return try targetResources(
            of: place.servicePrincipal, type: type, after: sequence, limit: limit
        ).map(PlacedObject.init)
    }

    /// One resource; nil when there is none.
    func targetRow(_ id: String, in place: DirectoryPlace) throws -> PlacedObject? {
        guard let type = Tenant.targetType(place.objectType) else { return nil }
        return try targetResource(id, of: place.servicePrincipal, type: type)
            .map(PlacedObject.init)
    }

    /// Writes a resource; null removes an attribute.
    func saveTargetRow(
        _ attributes: JSONObject, id: String?, in place: DirectoryPlace
    ) throws -> PlacedObject {
        guard let type = Tenant.targetType(place.objectType) else {
            throw ToolError.directoryNotFound(place.directory)
        }
        var json = JSONObject(
            attributes.members.filter { !$0.value.isNull }.map { ($0.name, $0.value) })
        json["meta"] = nil
        if let id { json["id"] = .string(id) }
        return PlacedObject(
            try saveTargetResource(json, of: place.servicePrincipal, type: type))
    }

    /// The directories of the built-in target as seeds have them.
    static func exportedTargets(_ database: Database) throws -> [JSONValue] {
        try database.export.targetOwners().compactMap { owner, key in
            var objects: [JSONValue] = []
            for type in SCIMResourceType.allCases {
                var last: Int64 = 0
                while true {
                    let rows = try database.scimResources.scan(
                        type: type, directory: key, after: last, limit: Limits.directoryPage)
                    for row in rows {
                        last = row.sequence
                        objects.append([
                            "objectType": .string(type.name),
                            "attributes": .object(try exported(row, type, key, database)),
                        ])
                    }
                    if rows.count < Limits.directoryPage { break }
                }
            }
            guard !objects.isEmpty else { return nil }
            return [
                "name": .string(targetDirectory),
                "servicePrincipalId": .string(owner.description), "objects": .array(objects),
            ]
        }
    }

    private static func exported(
        _ row: SCIMResourceRow, _ type: SCIMResourceType, _ key: Int64, _ database: Database
    ) throws -> JSONObject {
        var json = row.json
        json["meta"] = [
            "created": .string(row.created), "lastModified": .string(row.modified),
            "version": .string("W/\"\(row.version)\""),
        ]
        guard type == .group else { return json }
        json["members"] = .array(
            try database.scimMembers.list(group: row.sequence, directory: key).map { member in
                member.json.flatMap { try? JSONValue(parsing: $0) }
                    ?? ["value": .string(member.value)]
            })
        return json
    }
}

extension PlacedObject {
    fileprivate init(_ resource: TargetResource) {
        self.init(
            sequence: resource.place, id: resource.json["id"]?.string ?? "",
            attributes: resource.json)
    }
}
