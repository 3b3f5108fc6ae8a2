// What the commands on the four kinds of directory objects share.

public import Model
import Storage

extension Tenant {
    /// The object that a key names and that is not deleted.
    ///
    /// - Throws: `DirectoryError.notFound`.
    public func directoryObject(
        _ kind: DirectoryKind, _ key: DirectoryKey
    ) throws -> DirectoryObject {
        try read { try $0.require(kind, key) }
    }

    /// The objects of these identifiers that are not deleted, whatever their kinds, in this order.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func directoryObjects(_ ids: [GUID]) throws -> [StoredDirectoryObject] {
        try read { database in
            try ids.compactMap { try database.directory.load(id: $0) }.filter { $0.deleted == nil }
        }
    }

    func body(_ kind: DirectoryKind, _ writer: DirectoryWriter) -> DirectoryBody {
        DirectoryBody(
            kind: kind, types: gallery.types, writer: writer,
            dropsUnknownMembers: writer == .lenientCaller)
    }

    /// Writes changes that were checked over an object; nothing when they change nothing.
    @discardableResult
    func update(
        _ kind: DirectoryKind, _ object: DirectoryObject, _ changes: JSONObject,
        in transaction: inout Transaction
    ) throws -> DirectoryObject {
        var members = object.json
        members.apply(changes)
        let changed = try Tenant.object(members)
        guard changed != object else { return object }
        try transaction.database.directory.update(kind, changed)
        return changed
    }

    /// An object from members of which `id` is one.
    static func object(_ members: JSONObject) throws -> DirectoryObject {
        guard let object = DirectoryObject(members) else {
            throw DirectoryError.invalidIdentifier(members["id"]?.text ?? "")
        }
        return object
    }
}

extension Timestamp {
    /// The instant without what is less than a second, as the directory keeps times.
    var wholeSecond: Timestamp { Timestamp(ticks: ticks - ticks % Timestamp.ticksPerSecond) }
}
