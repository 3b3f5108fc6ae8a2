// Filling a tenant from seeds, in one transaction.

import Model
import Storage
import VirtualTime

extension Tenant {
    /// Fills a new tenant with what the seeds hold; nothing of them when one can't be used.
    ///
    /// - Throws: `EmulatorError.unreadableSeed` naming the member that can't be used.
    func load(_ seeds: [Seed]) throws {
        try write { transaction in
            try loadShared(seeds, into: &transaction)
            try loadOwn(seeds, into: &transaction)
        }
        try read { try refreshFaults($0) }
    }

    /// Fills a new tenant with the part of the seeds that is the same for all tenants.
    func loadShared(_ seeds: [Seed]) throws {
        try write { try loadShared(seeds, into: &$0) }
    }

    /// Adds the part of the seeds that each tenant has of its own: jobs, whose identifiers name it.
    func loadOwn(_ seeds: [Seed]) throws {
        try write { try loadOwn(seeds, into: &$0) }
    }

    /// Adds one more seed to a tenant that is not new.
    func load(more seed: Seed) throws {
        try write { transaction in
            var loader = SeedLoader(seed: seed, tenant: id, gallery: gallery)
            let isNew = try transaction.database.changes.latest() == 0
            try loader.loadShared(into: &transaction)
            try loader.loadOwn(into: &transaction, isNew: isNew)
        }
        try read { try refreshFaults($0) }
    }

    private func loadShared(_ seeds: [Seed], into transaction: inout Transaction) throws {
        for seed in seeds {
            var loader = SeedLoader(seed: seed, tenant: id, gallery: gallery)
            try loader.loadShared(into: &transaction)
        }
    }

    private func loadOwn(_ seeds: [Seed], into transaction: inout Transaction) throws {
        for seed in seeds {
            try SeedLoader(seed: seed, tenant: id, gallery: gallery).loadOwn(into: &transaction)
        }
        // The last row: a tenant without it was never filled to the end.
        let names = seeds.map { JSONValue.string($0.name) }
        try transaction.database.values.save(ValueName.seed, JSONValue.array(names).text)
    }
}

/// Loads one seed; remembers names so that later parts of the document can refer to earlier ones.
private struct SeedLoader {
    let seed: Seed
    let tenant: GUID
    let gallery: Gallery
    private var usersByName: [String: GUID] = [:]

    init(seed: Seed, tenant: GUID, gallery: Gallery) {
        self.seed = seed
        self.tenant = tenant
        self.gallery = gallery
    }

    mutating func loadShared(into transaction: inout Transaction) throws {
        try loadTenant(into: transaction)
        try loadUsers(into: &transaction)
        try loadGroups(into: &transaction)
        try loadApplications(into: &transaction)
        try SeedRecords(seed: seed, types: gallery.types).loadDirectory(into: transaction)
        try loadAssignments(into: &transaction)
        try loadSecrets(into: transaction)
        try loadDirectories(into: &transaction)
        try loadFaults(into: &transaction)
        try SeedAccess(seed: seed, types: gallery.types).load(into: transaction)
        guard seed.population > 0 else { return }
        var population = GeneratedPopulation(count: seed.population)
        try population.load(into: transaction)
    }

    // `isNew` tells that the tenant held nothing before this document.
    func loadOwn(into transaction: inout Transaction, isNew: Bool = false) throws {
        try SeedJobs(seed: seed, tenant: tenant, gallery: gallery).load(into: &transaction)
        try SeedRecords(seed: seed, types: gallery.types)
            .loadSynchronization(into: &transaction, isNew: isNew)
    }

    private func loadFaults(into transaction: inout Transaction) throws {
        for element in try seed.elements("faults") {
            do {
                let rule = try Tenant.insertFault(.object(element.members), into: &transaction)
                if let hits = element.members["hits"]?.integer, hits > 0 {
                    try transaction.database.faultRules.saveHits(id: rule.id, hits)
                }
            } catch ToolError.invalidFault(let member, let expected) {
                throw element.failure(member, "must be " + expected)
            }
        }
    }

    private func loadTenant(into transaction: Transaction) throws {
        guard let value = seed.document["tenant"], !value.isNull else { return }
        guard let members = value.object else {
            throw EmulatorError.unreadableSeed(path: seed.name, reason: "'tenant' is no object")
        }
        for name in [ValueName.displayName, ValueName.defaultDomain, ValueName.defaultPassword] {
            guard let value = members[name]?.string, value != Masking.mask else { continue }
            try transaction.database.values.save(name, value)
        }
        _ = try seed.now()
    }

    private mutating func loadUsers(into transaction: inout Transaction) throws {
        let users = try seed.elements("users")
        var managers: [(user: GUID, manager: String, element: SeedElement)] = []
        for element in users {
            var members = element.members
            let name = try element.text("userPrincipalName")
            if let enabled = members["accountEnabled"], enabled.bool == nil {
                throw element.failure("accountEnabled", "is no boolean")
            }
            members["manager"] = nil
            let object = try object(members, element, &transaction)
            usersByName[name.lowercased()] = object.id
            if let manager = element.members["manager"]?.string {
                managers.append((object.id, manager, element))
            }
            try element.insert("userPrincipalName") {
                () throws(StorageError) in try transaction.database.users.insert(object)
            }
        }
        for (user, manager, element) in managers {
            guard let managerID = reference(manager) else {
                throw element.failure("manager", "names no user: \(manager)")
            }
            try transaction.database.links.insert(from: user, .manager, to: managerID)
        }
    }

    private func loadGroups(into transaction: inout Transaction) throws {
        for element in try seed.elements("groups") {
            var members = element.members
            members["members"] = nil
            let object = try object(members, element, &transaction)
            try element.insert("id") {
                () throws(StorageError) in try transaction.database.groups.insert(object)
            }
            for member in element.members["members"]?.array ?? [] {
                guard let id = member.string.flatMap(reference) else {
                    throw element.failure("members", "names nobody: \(member.text)")
                }
                try transaction.database.links.insert(from: object.id, .member, to: id)
            }
        }
    }

    private func loadApplications(into transaction: inout Transaction) throws {
        let tables = transaction.database
        for element in try seed.elements("applications") {
            let object = try typed("application", element, &transaction)
            try element.insert("appId") {
                () throws(StorageError) in try tables.applications.insert(object)
            }
        }
        for element in try seed.elements("servicePrincipals") {
            let object = try typed("servicePrincipal", element, &transaction)
            try element.insert("appId") {
                () throws(StorageError) in try tables.servicePrincipals.insert(object)
            }
        }
    }

    private func loadAssignments(into transaction: inout Transaction) throws {
        for element in try seed.elements("assignments") {
            let principal = try element.guid("principalId")
            let resource = try element.guid("resourceId")
            guard try transaction.database.anyServicePrincipal(resource) != nil else {
                throw element.failure("resourceId", "names no service principal")
            }
            let role = try element.guidIfGiven("appRoleId") ?? .zero
            let id = try element.guidIfGiven("id") ?? transaction.ids.next()
            let created = try element.instantIfGiven("createdDateTime") ?? transaction.now
            try element.insert("principalId") { () throws(StorageError) in
                try transaction.database.assignments.insert(
                    id: id, principal: principal, resource: resource, role: role, created: created)
            }
        }
    }

    private func loadSecrets(into transaction: Transaction) throws {
        for element in try seed.elements("secrets") {
            let owner = try owner(element, transaction)
            var secrets: [SynchronizationSecret] = []
            for pair in element.members["value"]?.array ?? [] {
                guard let key = pair.object?["key"]?.string,
                    let value = pair.object?["value"]?.string,
                    gallery.types.enumeration("synchronizationSecret")?.contains(key) == true
                else { throw element.failure("value", "has a pair without a known key") }
                secrets.append(SynchronizationSecret(key: key, value: value))
            }
            try transaction.database.secrets.save(secrets, of: owner)
        }
    }

    private func loadDirectories(into transaction: inout Transaction) throws {
        for element in try seed.elements("directories") {
            let name = try element.text("name")
            let owner = try owner(element, transaction)
            let objects = element.members["objects"] ?? []
            guard objects.array != nil else { throw element.failure("objects", "is no list") }
            for (index, object) in (element.members["objects"]?.array ?? []).enumerated() {
                let place = "objects[\(index)]"
                guard let type = object.object?["objectType"]?.string,
                    let attributes = object.object?["attributes"]?.object
                else { throw element.failure(place, "lacks objectType or attributes") }
                if name == Tenant.targetDirectory {
                    try loadTarget(attributes, type, element, place, owner, transaction)
                    continue
                }
                let id = object.object?["id"]?.string
                guard let anchor = id ?? attributes.members.first?.value.string else {
                    throw element.failure(place, "has no anchor as its first attribute")
                }
                try element.insert(place) { () throws(StorageError) in
                    try transaction.database.directoryObjects.insert(
                        id: anchor, objectType: type, directory: name, servicePrincipal: owner,
                        attributes: attributes)
                }
                try transaction.planEffectiveDate(
                    of: anchor, attributes,
                    in: DirectoryPlace(
                        servicePrincipal: owner, directory: name, objectType: type))
            }
        }
    }

    /// Adds a user or group to an application's directory in the built-in target.
    private func loadTarget(
        _ attributes: JSONObject, _ type: String, _ element: SeedElement, _ place: String,
        _ owner: GUID, _ transaction: Transaction
    ) throws {
        guard let type = Tenant.targetType(type), let id = attributes["id"]?.string,
            var store = try SCIMStore(of: owner, in: transaction)
        else { throw element.failure(place, "is no User or Group with an id") }
        _ = try store.makeKey()
        try element.insert(place) { () throws(StorageError) in
            let row = try store.insert(attributes, type: type, id: id, now: transaction.now)
            guard let meta = attributes["meta"]?.object,
                let created = meta["created"]?.string, Timestamp(parsing: created) != nil,
                let modified = meta["lastModified"]?.string, Timestamp(parsing: modified) != nil,
                let version = meta["version"]?.string.flatMap(SeedLoader.version)
            else { return }
            try transaction.database.scimResources.date(
                row, created: created, modified: modified, version: version)
        }
    }

    /// The number in `W/"3"`, a weak entity tag.
    private static func version(_ text: String) -> Int64? {
        guard text.hasPrefix("W/\""), text.hasSuffix("\"") else { return nil }
        return Int64(text.dropFirst(3).dropLast())
    }

    /// The service principal that an element belongs to.
    private func owner(_ element: SeedElement, _ transaction: Transaction) throws -> GUID {
        let owner = try element.guid("servicePrincipalId")
        guard try transaction.database.anyServicePrincipal(owner) != nil else {
            throw element.failure("servicePrincipalId", "names no service principal")
        }
        return owner
    }

    /// An object of the metadata's type, checked and complete.
    private func typed(
        _ type: String, _ element: SeedElement, _ transaction: inout Transaction
    ) throws -> DirectoryObject {
        do {
            let complete = try BodyNormalizer(catalog: gallery.types)
                .normalize(.object(element.members), as: type)
            _ = try element.guid("appId")
            return try object(complete, element, &transaction)
        } catch let error as BodyError {
            throw element.failure(error.path, "does not fit its type")
        }
    }

    private func object(
        _ members: JSONObject, _ element: SeedElement, _ transaction: inout Transaction
    ) throws -> DirectoryObject {
        var members = members
        let id = try element.guidIfGiven("id") ?? transaction.ids.next()
        members["id"] = nil
        members.prepend("id", .string(id.description))
        guard let object = DirectoryObject(members) else {
            throw element.failure("id", "is no GUID")
        }
        return object
    }

    private func reference(_ text: String) -> GUID? {
        usersByName[text.lowercased()] ?? GUID(parsing: text)
    }
}
