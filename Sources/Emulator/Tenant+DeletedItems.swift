// Deletion in two steps: thirty days in the recycle bin, then gone.

public import Model
import Storage

extension Tenant {
    /// Deletes an object in a transaction of its own.
    ///
    /// - Throws: `DirectoryError.notFound`.
    public func deleteObject(_ kind: DirectoryKind, _ key: DirectoryKey) throws {
        try write { try deleteObject(kind, key, in: &$0) }
    }

    /// Puts an object into the recycle bin; an application takes its service principal along.
    ///
    /// Groups that are no Microsoft 365 groups, which can't be restored, are gone at once. A deleted
    /// user's name begins with its identifier, so that the name is free.
    ///
    /// - Throws: `DirectoryError.notFound`.
    public func deleteObject(
        _ kind: DirectoryKind, _ key: DirectoryKey, in transaction: inout Transaction
    ) throws {
        let database = transaction.database
        let object = try database.require(kind, key)
        if kind == .application, let appID = object.appID,
            let principal = try database.find(.servicePrincipal, .appID(appID))
        {
            try deleteObject(.servicePrincipal, .id(principal.object.id), in: &transaction)
        }
        if kind == .group, !Tenant.isRestorable(object) {
            return try database.directory.delete(.group, id: object.id)
        }
        var changes = JSONObject([
            ("deletedDateTime", .string(transaction.now.wholeSecond.description))
        ])
        if kind == .user, let name = object.json["userPrincipalName"]?.string {
            changes["userPrincipalName"] = .string(object.id.withoutDashes + name)
        }
        try update(kind, object, changes, in: &transaction)
        try database.directory.mark(kind, id: object.id, deleted: transaction.now)
        if kind == .servicePrincipal { try stopJobs(of: object.id, in: &transaction) }
        try transaction.plan(
            AgendaItem(
                due: transaction.now + Limits.deletedItemLife, kind: .purge,
                subject: object.id.description))
    }

    private static func isRestorable(_ group: DirectoryObject) -> Bool {
        (group.json["groupTypes"]?.array ?? []).contains("Unified")
    }

    /// Unverified: the jobs of a deleted service principal rest, and go on when it is restored.
    private func stopJobs(of principal: GUID, in transaction: inout Transaction) throws {
        for stored in try transaction.database.jobs.list(of: principal) {
            try transaction.cancel(.cycle, stored.job.id)
        }
    }

    /// Takes an object out of the recycle bin.
    ///
    /// - Returns: the object as it is in use again.
    /// - Throws: `DirectoryError.notFound`; `.valueTaken` when its name was given away meanwhile.
    public func restoreObject(_ id: GUID) throws -> StoredDirectoryObject {
        try write { try restoreObject(id, in: &$0) }
    }

    /// Takes an object out of the recycle bin; an application brings its service principal along.
    ///
    /// - Throws: as `restoreObject(_:)`.
    public func restoreObject(
        _ id: GUID, in transaction: inout Transaction
    ) throws -> StoredDirectoryObject {
        let database = transaction.database
        let found = try deleted(id, in: database)
        var members = found.object.json
        members["deletedDateTime"] = JSONValue.null
        if found.kind == .user { members = try Tenant.renamed(members, id, in: database) }
        let object = try Tenant.object(members)
        try checkRestored(found.kind, object, in: database)
        try database.directory.mark(found.kind, id: id, deleted: nil)
        try database.directory.update(found.kind, object)
        try transaction.cancel(.purge, id.description)
        switch found.kind {
        case .servicePrincipal:
            for stored in try database.jobs.list(of: id) { try transaction.schedule(stored.job) }
        case .application:
            let principal = try database.directory.loadDeletedServicePrincipal(
                of: object.appID ?? id, deleted: found.deleted)
            if let principal { _ = try restoreObject(principal, in: &transaction) }
        case .user, .group: break
        }
        return StoredDirectoryObject(kind: found.kind, object: object, deleted: nil)
    }

    /// The members of a user under the name that it had.
    private static func renamed(
        _ members: JSONObject, _ id: GUID, in database: Database
    ) throws -> JSONObject {
        var members = members
        guard let name = members["userPrincipalName"]?.string,
            name.hasPrefix(id.withoutDashes)
        else { return members }
        let own = String(name.dropFirst(id.withoutDashes.count))
        if try database.directory.loadUser(userPrincipalName: own) != nil {
            throw DirectoryError.valueTaken(property: "userPrincipalName")
        }
        members["userPrincipalName"] = .string(own)
        return members
    }

    private func checkRestored(
        _ kind: DirectoryKind, _ object: DirectoryObject, in database: Database
    ) throws {
        guard kind == .servicePrincipal, let appID = object.appID else { return }
        if try database.find(.servicePrincipal, .appID(appID)) != nil {
            throw DirectoryError.servicePrincipalNameInUse(appID.description)
        }
    }

    /// Removes an object from the recycle bin for good.
    ///
    /// - Throws: `DirectoryError.notFound`.
    public func purgeObject(_ id: GUID) throws {
        try write { transaction in
            _ = try deleted(id, in: transaction.database)
            try purge(id, in: &transaction)
        }
    }

    /// Removes a deleted object with everything that belongs to it; nothing when it is in use.
    func purge(_ id: GUID, in transaction: inout Transaction) throws {
        let database = transaction.database
        try transaction.cancel(.purge, id.description)
        guard let found = try database.directory.load(id: id), found.deleted != nil else { return }
        if found.kind == .servicePrincipal {
            for stored in try database.jobs.list(of: id) {
                try database.jobs.delete(id: stored.job.id)
                try transaction.cancel(.cycle, stored.job.id)
            }
        }
        try database.directory.delete(found.kind, id: id)
    }

    private func deleted(_ id: GUID, in database: Database) throws -> StoredDirectoryObject {
        guard let found = try database.directory.load(id: id), found.deleted != nil else {
            throw DirectoryError.notFound(id.description)
        }
        return found
    }
}
