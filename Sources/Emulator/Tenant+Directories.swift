// What a tester does to directories that Graph does not show.

public import Model
import Storage

extension Tenant {
    /// All directories beside the tenant's own, with what they hold.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func directories() throws -> [DirectoryCount] {
        try read { try $0.directoryObjects.directories() }
    }

    /// Where objects of a type of a directory are.
    ///
    /// The application that it belongs to may be left out where only one has a directory of the name:
    /// with objects in it, or in the schema of one of its jobs.
    ///
    /// - Throws: `ToolError.directoryNotFound`, `.ambiguousDirectory`.
    public func directoryPlace(
        named name: String, objectType: String, servicePrincipal: GUID?
    ) throws -> DirectoryPlace {
        if name == Tenant.targetDirectory {
            return try targetPlace(objectType: objectType, servicePrincipal: servicePrincipal)
        }
        let owners = try read { database in
            var owners = try database.directoryObjects.directories()
                .filter { $0.place.directory == name }.map(\.place.servicePrincipal)
            for stored in try database.jobs.list() where !owners.contains(stored.servicePrincipal) {
                let directories =
                    try schema(of: stored, in: database).json["directories"]?.array ?? []
                if directories.contains(where: { $0.object?["name"]?.string == name }) {
                    owners.append(stored.servicePrincipal)
                }
            }
            return Set(owners)
        }
        let chosen = servicePrincipal.map { owners.intersection([$0]) } ?? owners
        guard let owner = chosen.first else { throw ToolError.directoryNotFound(name) }
        guard chosen.count == 1 else {
            throw ToolError.ambiguousDirectory(
                name, servicePrincipals: chosen.map(\.description).sorted())
        }
        return DirectoryPlace(
            servicePrincipal: owner, directory: name, objectType: objectType)
    }

    /// One object.
    ///
    /// - Throws: `ToolError.objectNotFound`.
    public func directoryObject(_ id: String, in place: DirectoryPlace) throws -> PlacedObject {
        let found =
            place.directory == Tenant.targetDirectory
            ? try targetRow(id, in: place)
            : try read { try $0.directoryObjects.load(id, in: place) }
        guard let found else { throw ToolError.objectNotFound(id) }
        return found
    }

    /// One page of the objects whose attributes have these values.
    ///
    /// - Parameters:
    ///   - place: where they are.
    ///   - attributes: texts that attributes must equal; one that is missing equals nothing.
    ///   - after: the `next` of the page before.
    ///   - top: at most so many.
    /// - Returns: the page, and what the next one begins after; nil when there is none.
    /// - Throws: `StorageError` for what SQLite refuses.
    public func directoryObjects(
        _ place: DirectoryPlace, attributes: [String: String], after: String?, top: Int
    ) throws -> (objects: [PlacedObject], next: String?) {
        var sequence = after.flatMap { Int64($0) } ?? 0
        var found: [PlacedObject] = []
        while true {
            let last = sequence
            let rows =
                place.directory == Tenant.targetDirectory
                ? try targetRows(place, after: last, limit: Limits.directoryPage)
                : try read {
                    try $0.directoryObjects.list(
                        in: place, after: last, limit: Limits.directoryPage)
                }
            for row in rows {
                sequence = row.sequence
                guard attributes.allSatisfy({ row.attributes.holds($0.key, $0.value) }) else {
                    continue
                }
                if found.count == top {
                    return (found, found.last.map { String($0.sequence) })
                }
                found.append(row)
            }
            guard rows.count == Limits.directoryPage else { return (found, nil) }
        }
    }

    /// Adds an object; its anchor is `id`, else the first of its attributes, as in seeds.
    ///
    /// - Throws: `ToolError.anchorMissing`, `.objectExists`.
    public func addDirectoryObject(
        _ attributes: JSONObject, id: String?, in place: DirectoryPlace
    ) throws -> PlacedObject {
        if place.directory == Tenant.targetDirectory {
            return try saveTargetRow(attributes, id: id, in: place)
        }
        guard let first = attributes.members.first,
            let anchor = id ?? first.value.string
        else { throw ToolError.anchorMissing(attributes.members.first?.name ?? "id") }
        return try write { transaction in
            let table = transaction.database.directoryObjects
            guard try table.load(anchor, in: place) == nil else {
                throw ToolError.objectExists(anchor)
            }
            try table.insert(
                id: anchor, objectType: place.objectType, directory: place.directory,
                servicePrincipal: place.servicePrincipal, attributes: attributes)
            try transaction.planEffectiveDate(of: anchor, attributes, in: place)
            guard let made = try table.load(anchor, in: place) else {
                throw ToolError.objectNotFound(anchor)
            }
            return made
        }
    }

    /// Changes attributes of an object; null removes one.
    ///
    /// - Throws: `ToolError.objectNotFound`.
    public func changeDirectoryObject(
        _ id: String, in place: DirectoryPlace, _ changes: JSONObject
    ) throws -> PlacedObject {
        if place.directory == Tenant.targetDirectory {
            var attributes = try directoryObject(id, in: place).attributes
            for change in changes.members { attributes[change.name] = change.value }
            return try saveTargetRow(attributes, id: id, in: place)
        }
        return try write { transaction in
            let table = transaction.database.directoryObjects
            guard let found = try table.load(id, in: place) else {
                throw ToolError.objectNotFound(id)
            }
            var attributes = found.attributes
            for change in changes.members {
                attributes[change.name] =
                    change.value.isNull ? Optional<JSONValue>.none : change.value
            }
            _ = try table.update(id, in: place, attributes: attributes)
            try transaction.planEffectiveDate(of: id, attributes, in: place)
            guard let changed = try table.load(id, in: place) else {
                throw ToolError.objectNotFound(id)
            }
            return changed
        }
    }

    /// Removes an object.
    ///
    /// - Throws: `ToolError.objectNotFound`.
    public func removeDirectoryObject(_ id: String, in place: DirectoryPlace) throws {
        if place.directory == Tenant.targetDirectory {
            guard let type = Tenant.targetType(place.objectType),
                try deleteTargetResource(id, of: place.servicePrincipal, type: type)
            else { throw ToolError.objectNotFound(id) }
            return
        }
        try write { transaction in
            guard try transaction.database.directoryObjects.delete(id, in: place) else {
                throw ToolError.objectNotFound(id)
            }
        }
    }
}

extension JSONObject {
    /// Whether a member is this text, or would be written so.
    fileprivate func holds(_ name: String, _ text: String) -> Bool {
        guard let value = self[name], !value.isNull else { return false }
        return (value.string ?? value.text) == text
    }
}
