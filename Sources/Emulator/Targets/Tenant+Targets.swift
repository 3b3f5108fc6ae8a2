// The built-in target's directories, as testers look at them and change them.

public import Model
import Storage
import VirtualTime

/// A resource of the built-in target, and its place in the list.
public struct TargetResource: Sendable, Equatable {
    /// The place: later resources have larger numbers.
    public let place: Int64
    /// The resource, with `members` and `meta`; a `location` is not in it.
    public let json: JSONObject
}

extension Tenant {
    /// One page of an application's users or groups in the built-in target, in the order they were made.
    ///
    /// - Parameters:
    ///   - servicePrincipal: whose directory is meant.
    ///   - type: users or groups.
    ///   - place: after which the page begins; 0 for the first page.
    ///   - limit: resources at most.
    /// - Returns: the page.
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func targetResources(
        of servicePrincipal: GUID, type: SCIMResourceType, after place: Int64 = 0, limit: Int
    ) throws -> [TargetResource] {
        try view { transaction in
            let store = try Tenant.store(of: servicePrincipal, transaction)
            guard let key = store.key else { return [] }
            let rows = try store.database.scimResources.scan(
                type: type, directory: key, after: place, limit: limit)
            return try rows.map { try Tenant.resource($0, type, store, key) }
        }
    }

    /// One resource of the built-in target; nil when there is none.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func targetResource(
        _ id: String, of servicePrincipal: GUID, type: SCIMResourceType
    ) throws -> TargetResource? {
        try view { transaction in
            let store = try Tenant.store(of: servicePrincipal, transaction)
            guard let key = store.key,
                let row = try store.database.scimResources.load(id: id, type: type, directory: key)
            else { return nil }
            return try Tenant.resource(row, type, store, key)
        }
    }

    /// Adds a resource to the built-in target, or writes the one of the same `id` anew.
    ///
    /// The target's own rules are not asked: this is the application's administrator at work.
    ///
    /// - Returns: the resource as it is now.
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func saveTargetResource(
        _ json: JSONObject, of servicePrincipal: GUID, type: SCIMResourceType
    ) throws -> TargetResource {
        try write { transaction in
            var store = try Tenant.store(of: servicePrincipal, transaction)
            let key = try store.makeKey()
            let id = json["id"]?.string
            if let id,
                let row = try store.database.scimResources.load(id: id, type: type, directory: key)
            {
                let new = try store.replace(row, with: json, type: type, now: transaction.now)
                return try Tenant.resource(new, type, store, key)
            }
            let row = try store.insert(
                json, type: type, id: id ?? transaction.ids.next().description,
                now: transaction.now)
            return try Tenant.resource(row, type, store, key)
        }
    }

    /// Removes a resource of the built-in target.
    ///
    /// - Returns: whether it was there.
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func deleteTargetResource(
        _ id: String, of servicePrincipal: GUID, type: SCIMResourceType
    ) throws -> Bool {
        try write { transaction in
            let store = try Tenant.store(of: servicePrincipal, transaction)
            guard let key = store.key,
                let row = try store.database.scimResources.load(id: id, type: type, directory: key)
            else { return false }
            try store.database.scimResources.delete(row)
            return true
        }
    }

    /// How the built-in target misbehaves towards an application, in the order of the list.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func targetBehaviours(of servicePrincipal: GUID) throws -> [TargetBehaviour] {
        try view { transaction in
            let store = try Tenant.store(of: servicePrincipal, transaction)
            return TargetBehaviour.allCases.filter(store.behaviours.contains)
        }
    }

    /// Says how the built-in target misbehaves towards an application from now on.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func setTargetBehaviours(
        _ behaviours: [TargetBehaviour], of servicePrincipal: GUID
    ) throws {
        try write { transaction in
            _ = try Tenant.store(of: servicePrincipal, transaction)
            try transaction.database.scimDirectories.save(
                behaviours: behaviours.map(\.rawValue).joined(separator: " "), of: servicePrincipal)
        }
    }

    /// How many users and groups an application has in the built-in target.
    ///
    /// - Throws: `EmulatorError.servicePrincipalNotFound`.
    public func targetCounts(
        of servicePrincipal: GUID
    ) throws -> (users: Int64, groups: Int64) {
        try view { transaction in
            let store = try Tenant.store(of: servicePrincipal, transaction)
            guard let key = store.key else { return (0, 0) }
            return (
                try store.database.scimResources.count(type: .user, directory: key),
                try store.database.scimResources.count(type: .group, directory: key)
            )
        }
    }

    private static func store(
        of servicePrincipal: GUID, _ transaction: Transaction
    ) throws -> SCIMStore {
        guard let store = try SCIMStore(of: servicePrincipal, in: transaction) else {
            throw EmulatorError.servicePrincipalNotFound(servicePrincipal.description)
        }
        return store
    }

    private static func resource(
        _ row: SCIMResourceRow, _ type: SCIMResourceType, _ store: SCIMStore, _ key: Int64
    ) throws -> TargetResource {
        var json = row.json
        if type == .group {
            let members = try store.database.scimMembers.list(group: row.sequence, directory: key)
            json["members"] = .array(
                members.map { member in
                    let parsed = member.json.flatMap { try? JSONValue(parsing: $0) }
                    return parsed ?? ["value": .string(member.value)]
                })
        }
        json["meta"] = [
            "resourceType": .string(type.name), "created": .string(row.created),
            "lastModified": .string(row.modified), "version": .string("W/\"\(row.version)\""),
        ]
        return TargetResource(place: row.sequence, json: json)
    }
}
