// A tenant as a seed document that re-creates it.

public import Model
import Storage
import VirtualTime

extension Tenant {
    /// The whole tenant as a seed document; secrets are masked unless they are asked for.
    ///
    /// Shape: `Fixtures/Tenants/demo.json`.
    ///
    /// - Throws: `StorageError` for a row that can't be read.
    public func export(withSecrets: Bool) throws -> JSONObject {
        try read { database in
            var document = JSONObject()
            document["tenant"] = .object(try exportedTenant(database, areShown: withSecrets))
            document["users"] = .array(try Tenant.exportedUsers(database))
            document["groups"] = .array(try Tenant.exportedGroups(database))
            document["applications"] = .array(
                try database.export.objects(of: .applications).map(JSONValue.object))
            document["servicePrincipals"] = .array(
                try database.export.objects(of: .servicePrincipals).map(JSONValue.object))
            document["assignments"] = .array(
                try database.export.assignments().map(JSONValue.object))
            document["secrets"] = .array(
                try Tenant.exportedSecrets(database, areShown: withSecrets))
            document["jobs"] = .array(try exportedJobs(database))
            document["directories"] = .array(
                try Tenant.exportedDirectories(database) + Tenant.exportedTargets(database))
            document["faults"] = .array(
                try database.faultRules.list().map { rule in
                    var members = rule.body.object ?? JSONObject()
                    if rule.hits > 0 { members["hits"] = .integer(rule.hits) }
                    return .object(members)
                })
            document["records"] = .object(try Tenant.exportedRecords(database))
            return withSecrets ? document : Masking.masked(.object(document)).object ?? document
        }
    }

    /// What goes by no list: names, and where clock and identifiers go on.
    ///
    /// A clock that runs does so elsewhere too, so only one that is moved is told.
    private func exportedTenant(
        _ database: Database, areShown: Bool
    ) throws(StorageError) -> JSONObject {
        var tenant = JSONObject()
        for name in [ValueName.displayName, ValueName.defaultDomain] {
            tenant[name] = try database.values.load(name).map(JSONValue.string)
        }
        tenant[ValueName.defaultPassword] = try database.values.load(ValueName.defaultPassword)
            .map { .string(areShown ? $0 : Masking.mask) }
        if clock.mode != .real { tenant["now"] = .string(now.description) }
        tenant["identifiers"] = try database.values.load(ValueName.idPosition)
            .flatMap { Int64($0) }.map(JSONValue.integer)
        return tenant
    }

    /// The rows that no list of a seed stands for.
    private static func exportedRecords(_ database: Database) throws(StorageError) -> JSONObject {
        var records = JSONObject([("version", .integer(Int64(Database.version)))])
        for table in RecordTable.directory + RecordTable.synchronization {
            let rows = try database.rowStore.rows(of: table)
            if !rows.isEmpty { records[table.name] = .array(rows.map(JSONValue.object)) }
        }
        if let watermark = try oldestWatermark(database) {
            let rows = try database.rowStore.rows(of: RecordTable.changes, after: watermark)
            records[RecordTable.changes.name] = .array(rows.map(JSONValue.object))
        }
        return records
    }

    /// The change that every job has looked at which looked at any.
    private static func oldestWatermark(_ database: Database) throws(StorageError) -> Int64? {
        try database.jobs.list().compactMap(\.watermark).min()
    }

    private static func exportedUsers(_ database: Database) throws -> [JSONValue] {
        let managers = Dictionary(
            try database.export.links(.manager).map { ($0.source, $0.target) }
        ) { $1 }
        return try database.export.objects(of: .users).map { user in
            var user = user
            user["manager"] = user["id"]?.string.flatMap { managers[$0] }.map(JSONValue.string)
            return .object(user)
        }
    }

    private static func exportedGroups(_ database: Database) throws -> [JSONValue] {
        let members = Dictionary(
            grouping: try database.export.links(.member), by: \.source)
        return try database.export.objects(of: .groups).map { group in
            var group = group
            let known = group["id"]?.string.flatMap { members[$0] } ?? []
            group["members"] = .array(known.map { .string($0.target) })
            return .object(group)
        }
    }

    private static func exportedSecrets(
        _ database: Database, areShown: Bool
    ) throws -> [JSONValue] {
        var owners: [String] = []
        var pairs: [String: [JSONValue]] = [:]
        for secret in try database.export.secrets() {
            if pairs[secret.owner] == nil { owners.append(secret.owner) }
            let value = areShown || !Masking.isSecret(secret.key) ? secret.value : Masking.mask
            pairs[secret.owner, default: []].append([
                "key": .string(secret.key), "value": .string(value),
            ])
        }
        return owners.map {
            ["servicePrincipalId": .string($0), "value": .array(pairs[$0] ?? [])]
        }
    }

    private func exportedJobs(_ database: Database) throws -> [JSONValue] {
        let oldest = try Tenant.oldestWatermark(database)
        return try database.jobs.list().map { stored in
            var job = stored.job.json
            job["servicePrincipalId"] = .string(stored.servicePrincipal.description)
            if let watermark = stored.watermark, let oldest {
                job["changesSeen"] = .integer(
                    try database.changes.count(after: oldest, upTo: watermark))
            }
            if stored.hasOwnSchema {
                job["schema"] = try database.jobs.loadSchema(id: stored.job.id)
                    .map { .object($0.json) }
            }
            return .object(job)
        }
    }

    private static func exportedDirectories(_ database: Database) throws -> [JSONValue] {
        var places: [String] = []
        var documents: [String: (head: JSONObject, objects: [JSONValue])] = [:]
        for row in try database.export.directoryObjects() {
            let place = row.servicePrincipal + "/" + row.directory
            if documents[place] == nil {
                places.append(place)
                let head = JSONObject([
                    ("name", .string(row.directory)),
                    ("servicePrincipalId", .string(row.servicePrincipal)),
                ])
                documents[place] = (head, [])
            }
            documents[place]?.objects.append([
                "objectType": .string(row.objectType), "id": .string(row.id),
                "attributes": .object(row.attributes),
            ])
        }
        return places.compactMap { documents[$0] }.map { head, objects in
            var head = head
            head["objects"] = .array(objects)
            return .object(head)
        }
    }
}
