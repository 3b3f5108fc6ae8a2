// The part of an export that is for no hand: what jobs remember, and the rest of the directory.

import Model
import Storage
import VirtualTime

/// Loads a seed's `records`, and what a document says of the tenant's clock and identifiers.
///
/// Shape: `{"version": 5, "escrows": [{"job_id": "…", …}], …}`, rows of the tables of ``RecordTable`` by
/// the names of their columns. A job's `changesSeen` says how many rows of `changes` it looked at. A row
/// whose secret is masked is left out.
struct SeedRecords {
    let seed: Seed
    let types: TypeCatalog

    /// Whether the seed says what is due when.
    var hasAgenda: Bool { seed.document["records"]?.object != nil }

    /// Adds what the directory consists of beside the seed's own lists.
    func loadDirectory(into transaction: Transaction) throws {
        guard let records = try records() else { return }
        for table in RecordTable.directory { try load(table, records, transaction.database) }
    }

    /// Adds what jobs did, and goes on with clock and identifiers where the document stopped.
    func loadSynchronization(into transaction: inout Transaction, isNew: Bool) throws {
        if let used = try identifiers() { transaction.ids.skip(to: used) }
        if isNew, let now = try seed.now() {
            transaction.clock.set(to: now, real: RealTime.now())
        }
        let database = transaction.database
        if let records = try records() {
            for table in RecordTable.synchronization { try load(table, records, database) }
            transaction.movesAgenda = true
        }
        let base = try database.changes.latest()
        if let records = try records() { try load(RecordTable.changes, records, database) }
        let latest = try database.changes.latest()
        for element in try seed.elements("jobs") {
            guard let value = element.members["changesSeen"], !value.isNull else { continue }
            guard let seen = value.integer, (0...latest - base).contains(seen),
                var stored = try database.jobs.load(id: try element.text("id"))
            else { throw element.failure("changesSeen", "is no number of rows of 'changes'") }
            stored.watermark = base + seen
            try database.jobs.update(stored)
        }
    }

    private func identifiers() throws -> UInt64? {
        guard let value = seed.document["tenant"]?.object?["identifiers"], !value.isNull else {
            return nil
        }
        guard let count = value.integer, count >= 0 else {
            throw EmulatorError.unreadableSeed(
                path: seed.name, reason: "'tenant.identifiers' is no count")
        }
        return UInt64(count)
    }

    private func records() throws -> JSONObject? {
        guard let value = seed.document["records"], !value.isNull else { return nil }
        let known = RecordTable.directory + RecordTable.synchronization + [RecordTable.changes]
        guard let records = value.object, let version = records["version"]?.integer else {
            throw failure("records", "has no version")
        }
        guard version <= Int64(Database.version) else {
            throw failure("records", "was exported by a newer version of entrasync")
        }
        for name in records.names where name != "version" {
            guard known.contains(where: { $0.name == name }) else {
                throw failure("records.\(name)", "is not known")
            }
        }
        return records
    }

    private func load(
        _ table: RecordTable, _ records: JSONObject, _ database: Database
    ) throws {
        guard let value = records[table.name], !value.isNull else { return }
        guard let rows = value.array else {
            throw failure("records.\(table.name)", "is no list")
        }
        let names = Set(table.columnNames)
        for (index, row) in rows.enumerated() {
            let path = "records.\(table.name)[\(index)]"
            guard let members = row.object else { throw failure(path, "is no object") }
            if let secret = table.secret, members[secret]?.string == Masking.mask { continue }
            for member in members.members {
                guard names.contains(member.name) else {
                    throw failure("\(path).\(member.name)", "is not known")
                }
            }
            if let column = problem(members, table) {
                throw failure("\(path).\(column)", "does not fit")
            }
            do throws(StorageError) { try database.rowStore.insert(members, into: table) } catch {
                guard case .statement(let code, _, _) = error, code & 0xFF == 19 else {
                    throw error
                }
                throw failure(path, "is taken, or something of it is missing or does not fit")
            }
        }
    }

    /// The column whose value could be written and not be read again; nil when all is well.
    private func problem(_ row: JSONObject, _ table: RecordTable) -> String? {
        for member in row.members where !member.value.isNull {
            let holdsJSON = table.json.contains(member.name)
            switch member.value {
            case .integer where !holdsJSON: continue
            // An upload is kept as it came, whatever that was.
            case .string(let text) where holdsJSON && table.name != "bulk_uploads":
                guard (try? JSONValue(parsing: text)) != nil else { return member.name }
            case .string: continue
            case .object where holdsJSON, .array where holdsJSON: continue
            default: return member.name
            }
        }
        switch table.name {
        case "users", "groups", "applications", "service_principals", "extension_properties":
            let object = row["body"]?.object.flatMap(DirectoryObject.init)
            return object?.id.description == row["id"]?.string ? nil : "body"
        case "agenda":
            let kind = row["kind"]?.string.flatMap(AgendaItem.Kind.init(rawValue:))
            return kind == nil ? "kind" : nil
        case "template_customizations":
            guard let schema = row["schema"], !schema.isNull else { return nil }
            let complete = Result { () throws(BodyError) in
                try SynchronizationSchema(completing: schema, by: types)
            }
            return (try? complete.get()) == nil ? "schema" : nil
        case "connections", "job_memories", "provisioning_logs":
            let column = table.name == "connections" ? "exported" : "body"
            return row[column]?.object == nil ? column : nil
        default: return nil
        }
    }

    private func failure(_ path: String, _ problem: String) -> EmulatorError {
        .unreadableSeed(path: seed.name, reason: "'\(path)' \(problem)")
    }
}

extension Seed {
    /// What the clock showed where the document was exported; nil when it does not say.
    func now() throws(EmulatorError) -> Timestamp? {
        guard let value = document["tenant"]?.object?["now"], !value.isNull else { return nil }
        guard let now = value.string.flatMap(Timestamp.init(parsing:)) else {
            throw .unreadableSeed(path: name, reason: "'tenant.now' is no instant")
        }
        return now
    }
}
