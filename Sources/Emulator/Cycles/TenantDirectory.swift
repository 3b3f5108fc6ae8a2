// The tenant's own directory as a job's target.

import Expressions
import Model
import Provisioning
import Storage

/// Users and groups of the tenant under the names that synchronization has for their properties.
///
/// A class, because a batch of calls may share a transaction. Not `Sendable`: one is for one cycle.
final class TenantDirectory: BatchingDirectory {
    private let tenant: Tenant
    private var session: LocalSession?

    init(_ tenant: Tenant) { self.tenant = tenant }

    var canBatch: Bool { true }

    /// Nothing to ask: the job runs where the directory is.
    func probe() throws(TargetFailure) {}

    /// The objects that have a value; one that is deleted only where no other has it.
    func find(
        _ type: TargetType, where attribute: TargetAttribute, is value: String,
        prepared: PreparedRequest?
    ) throws(TargetFailure) -> [TargetObject] {
        let kind = TenantDirectory.kind(type)
        let property = TenantProperty(attribute.name, of: kind, tenant.gallery.types)
        guard property.path.first != "onPremisesExtensionAttributes" else {
            // Unverified: the code of it; that these can't match is documented.
            throw TargetFailure(
                .entry, code: "AttributeValidationFailed",
                message: "The attribute \(attribute.name) can't be used to match objects.")
        }
        return try read { database in
            let found =
                property.isShown
                ? try database.directory.find(kind, at: property.path, is: value)
                : try database.synchronizedValues.objects(where: attribute.name, is: value)
                    .compactMap { try database.directory.load(kind, id: $0) }
            let matching = found.filter { stored in
                guard attribute.isCaseExact, property.isShown else { return true }
                return TenantAttribute(attribute.name).value(in: stored.object.json).texts
                    == [value]
            }
            let live = matching.filter { $0.deleted == nil }
            let chosen =
                live.isEmpty
                ? matching.max { ($0.deleted ?? .never) < ($1.deleted ?? .never) }
                    .map { [$0] } ?? [] : live
            return try chosen.map { try object($0, type, in: database) }
        }
    }

    func load(_ type: TargetType, id: String) throws(TargetFailure) -> TargetObject? {
        guard let id = GUID(parsing: id) else { return nil }
        return try read { database in
            guard let stored = try database.directory.load(TenantDirectory.kind(type), id: id),
                stored.deleted == nil
            else { return nil }
            return try object(stored, type, in: database)
        }
    }

    func create(
        _ type: TargetType, _ values: [TargetChange], prepared: PreparedRequest?
    ) throws(TargetFailure) -> TargetObject {
        let kind = TenantDirectory.kind(type)
        let changes = Changes(values, kind, tenant.gallery.types)
        return try write { transaction in
            var json = changes.json
            changes.stamp(&json, at: transaction.now)
            let made =
                kind == .user
                ? try tenant.createUser(json, as: .synchronization, in: &transaction)
                : try tenant.createGroup(json, as: .synchronization, in: &transaction)
            try changes.saveHidden(of: made.id, in: transaction.database)
            return TargetObject(id: made.id.description)
        }
    }

    func update(
        _ type: TargetType, id: String, _ changes: [TargetChange]
    ) throws(TargetFailure) {
        let kind = TenantDirectory.kind(type)
        let made = Changes(changes, kind, tenant.gallery.types)
        let ownsOnPremises = type.attributes.contains { $0.name == "dirSyncEnabled" }
        try write { transaction in
            let database = transaction.database
            guard let id = GUID(parsing: id), let stored = try database.directory.load(kind, id: id)
            else { throw DirectoryError.notFound(id) }
            let isSynchronized = stored.object.json["onPremisesSyncEnabled"]?.bool == true
            guard ownsOnPremises || !isSynchronized else {
                throw DirectoryError.synchronizedFromOnPremises
            }
            if stored.deleted != nil {
                // Only what is matched anew comes back: then every property is written.
                guard !made.json.members.isEmpty else { throw DirectoryError.notFound("\(id)") }
                _ = try tenant.restoreObject(id, in: &transaction)
            }
            var json = made.json
            // Mail is set when a user is made, and never again but by cloud sync.
            if !ownsOnPremises, kind == .user { json["mail"] = nil }
            if isSynchronized { made.stamp(&json, at: transaction.now, always: true) }
            if kind == .user {
                try tenant.updateUser(.id(id), json, as: .synchronization, in: &transaction)
            } else {
                try tenant.updateGroup(id, json, as: .synchronization, in: &transaction)
            }
            try made.saveHidden(of: id, in: database)
            for change in made.references { try refer(id, change, in: &transaction) }
        }
    }

    /// Deletes an object, as Graph does: users can be restored for thirty days.
    func delete(_ type: TargetType, id: String) throws(TargetFailure) {
        let kind = TenantDirectory.kind(type)
        guard let id = GUID(parsing: id) else { return }
        try write { transaction in
            guard let stored = try transaction.database.directory.load(kind, id: id),
                stored.deleted == nil
            else { return }
            try tenant.deleteObject(kind, .id(id), in: &transaction)
        }
    }

    func refers(
        _ type: TargetType, id: String, _ attribute: TargetAttribute, to other: String
    ) throws(TargetFailure) -> Bool {
        guard let id = GUID(parsing: id), let other = GUID(parsing: other) else { return false }
        return try read { database in
            try database.links.contains(
                from: id, TenantDirectory.link(attribute), to: other)
        }
    }

    /// Names of users, those in the recycle bin included; of other attributes, any object's value.
    func takenValues(
        _ type: TargetType, _ attribute: TargetAttribute
    ) -> (@Sendable (String) -> Bool)? {
        let kind = TenantDirectory.kind(type)
        let property = TenantProperty(attribute.name, of: kind, tenant.gallery.types)
        let isName = ["userPrincipalName", "mailNickname"].contains(attribute.name)
        let isTaken: @Sendable (Database, String) throws -> Bool = { database, value in
            if isName, kind == .user { return try database.directory.isUserNameTaken(value) }
            guard property.isShown else {
                return try !database.synchronizedValues.objects(
                    where: attribute.name, is: value
                ).isEmpty
            }
            return try !database.directory.find(kind, at: property.path, is: value).isEmpty
        }
        guard let database = session?.transaction.database else {
            let tenant = tenant
            return { value in (try? tenant.read { try isTaken($0, value) }) ?? false }
        }
        return { value in (try? isTaken(database, value)) ?? false }
    }

    func batch<Value>(
        in transaction: inout Transaction, _ work: (LocalSession) throws -> Value
    ) rethrows -> Value {
        let lent = LocalSession(transaction)
        session = lent
        defer {
            session = nil
            transaction = lent.transaction
        }
        return try work(lent)
    }

    // MARK: Parts

    private static func kind(_ type: TargetType) -> DirectoryKind {
        type.name == "Group" ? .group : .user
    }

    private static func link(_ attribute: TargetAttribute) -> LinkName {
        attribute.name == "manager" ? .manager : .member
    }

    private func refer(
        _ id: GUID, _ change: TargetChange, in transaction: inout Transaction
    ) throws {
        let links = transaction.database.links
        let name = TenantDirectory.link(change.attribute)
        let targets = change.value.texts.compactMap { GUID(parsing: $0) }
        if name == .manager, change.operation != .add || !targets.isEmpty {
            try links.deleteAll(from: id, .manager)
        }
        for target in targets {
            if change.operation == .remove {
                try links.delete(from: id, name, to: target)
            } else {
                try links.insert(from: id, name, to: target)
            }
        }
    }

    private func object(
        _ stored: StoredDirectoryObject, _ type: TargetType, in database: Database
    ) throws -> TargetObject {
        let id = stored.object.id.description
        // A deleted object shows nothing: all is written anew then, which brings it back.
        guard stored.deleted == nil else { return TargetObject(id: id) }
        let body = stored.object.json
        var values: [String: ExpressionValue] = [:]
        var hidesAny = false
        for attribute in type.attributes {
            let value =
                attribute.name == "userPrincipalName"
                ? stored.object.json["userPrincipalName"].map(ExpressionValue.init) ?? .null
                : TenantAttribute(attribute.name).value(in: body)
            if !value.isNull { values[attribute.name] = value }
            hidesAny =
                hidesAny
                || !TenantProperty(attribute.name, of: stored.kind, tenant.gallery.types).isShown
        }
        guard hidesAny else { return TargetObject(id: id, values: values) }
        for kept in try database.synchronizedValues.list(of: id) {
            values[kept.name] = .text(kept.value)
        }
        return TargetObject(id: id, values: values)
    }

    private func read<Value: Sendable>(
        _ body: (Database) throws -> Value
    ) throws(TargetFailure) -> Value {
        do {
            if let session { return try body(session.transaction.database) }
            return try tenant.read(body)
        } catch { throw TargetFailure(error) }
    }

    private func write<Value: Sendable>(
        _ body: (inout Transaction) throws -> Value
    ) throws(TargetFailure) -> Value {
        do {
            if let session { return try body(&session.transaction) }
            return try tenant.write(body)
        } catch { throw TargetFailure(error) }
    }
}

/// The changes of an object, sorted by where they go.
private struct Changes {
    /// Properties that Graph shows.
    private(set) var json = JSONObject()
    /// Attributes kept beside the object.
    private(set) var hidden: [(name: String, value: String?)] = []
    /// References.
    private(set) var references: [TargetChange] = []

    init(_ changes: [TargetChange], _ kind: DirectoryKind, _ types: TypeCatalog) {
        for change in changes {
            let name = change.attribute.name
            if change.attribute.kind == .reference {
                references.append(change)
                continue
            }
            let property = TenantProperty(name, of: kind, types)
            guard property.isShown else {
                let text = change.value.joinedText
                hidden.append((name, change.operation == .remove ? nil : text))
                continue
            }
            json.set(property.json(change), at: property.path[...])
        }
    }

    /// Tells when an on-premises directory wrote last.
    func stamp(_ json: inout JSONObject, at now: Timestamp, always: Bool = false) {
        guard always || json["onPremisesSyncEnabled"]?.bool == true, !json.members.isEmpty
        else { return }
        json["onPremisesLastSyncDateTime"] = .string(now.wholeSecond.description)
    }

    func saveHidden(of id: GUID, in database: Database) throws(StorageError) {
        for value in hidden {
            try database.synchronizedValues.save(
                value.value, as: value.name, of: id.description)
        }
    }
}
