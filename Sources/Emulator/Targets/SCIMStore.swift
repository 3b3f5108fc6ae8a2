// One service principal's directory in the built-in target, within a transaction.

public import Model
public import Storage

/// The users and groups that an application has, as the built-in target keeps them.
///
/// What it writes is in the tenant's database, in the caller's transaction, and in no change feed.
public struct SCIMStore {
    /// What does not change within a transaction; a class, because a store is handed on often.
    private final class Settings: Sendable {
        let servicePrincipal: GUID
        let behaviours: Set<TargetBehaviour>
        let token: String?
        let bearer: String?
        let database: Database

        init(_ servicePrincipal: GUID, _ directory: Storage.SCIMDirectory, _ database: Database) {
            self.servicePrincipal = servicePrincipal
            self.database = database
            behaviours = TargetBehaviour.parse(directory.behaviours)
            // A token of the OAuth grant comes from a token service, which is not asked here.
            token = directory.authenticationType == nil ? directory.token : nil
            bearer = token.map { "Bearer " + $0 }
        }
    }

    /// A row that is handed on as often; it may be further than the table's.
    private final class Recent: Sendable {
        let row: SCIMResourceRow
        let isWritten: Bool

        init(_ row: SCIMResourceRow, isWritten: Bool) {
            self.row = row
            self.isWritten = isWritten
        }
    }

    private let settings: Settings
    private var recent: Recent?
    /// The instant that was written last, and how: many rows have the same.
    private var written: (instant: Timestamp, text: String)?
    /// A name that no user has, as far as this transaction knows.
    public var freeUserName: String?
    /// The key of its rows; nil when nothing was written yet.
    public private(set) var key: Int64?

    /// Whose directory it is.
    public var servicePrincipal: GUID { settings.servicePrincipal }
    /// How it misbehaves.
    public var behaviours: Set<TargetBehaviour> { settings.behaviours }
    /// The token that requests have to bring; nil when any will do.
    public var token: String? { settings.token }
    /// What the header field of such requests says; nil when any token will do.
    public var bearer: String? { settings.bearer }
    /// The tenant's rows.
    public var database: Database { settings.database }

    /// The group whose members changed last, as it is now.
    ///
    /// Most changes of members follow one of the same group.
    public var recentGroup: SCIMResourceRow? { recent?.row }

    /// Whether that group's version and time are yet to be written.
    public var isBehind: Bool { recent?.isWritten == false }

    /// Opens a directory; nil when there is no such service principal.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public init?(of servicePrincipal: GUID, in transaction: Transaction) throws(StorageError) {
        let database = transaction.database
        guard let directory = try database.scimDirectories.load(of: servicePrincipal) else {
            return nil
        }
        settings = Settings(servicePrincipal, directory, database)
        key = directory.key
    }

    /// Makes the directory's key, if there is none.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public mutating func makeKey() throws(StorageError) -> Int64 {
        if let key { return key }
        let made = try database.scimDirectories.make(for: servicePrincipal)
        key = made
        return made
    }

    /// Adds a resource.
    ///
    /// - Parameters:
    ///   - json: its attributes; `meta` and `groups` are left out, `members` are a group's members.
    ///   - type: what it is.
    ///   - id: its identifier.
    ///   - now: the instant.
    /// - Returns: the row.
    /// - Throws: `StorageError.statement` when the identifier is taken.
    public mutating func insert(
        _ json: JSONObject, type: SCIMResourceType, id: String, now: Timestamp
    ) throws(StorageError) -> SCIMResourceRow {
        try insert(StorableResource(json, type: type), type: type, id: id, now: now)
    }

    /// Adds a resource that was made fit to be stored before; `isNewID` says that its identifier was drawn
    /// for it.
    ///
    /// - Returns: the row.
    /// - Throws: `StorageError.statement` when the identifier is taken.
    public mutating func insert(
        _ resource: StorableResource, type: SCIMResourceType, id: String, now: Timestamp,
        isNewID: Bool = false
    ) throws(StorageError) -> SCIMResourceRow {
        let key = try makeKey()
        freeUserName = nil
        let row = try database.scimResources.insert(
            resource, id: id, type: type, directory: key, time: text(of: now), isNewID: isNewID)
        if type == .group { try insert(members: resource.members, into: row) }
        return row
    }

    /// Writes a resource anew; `members` of a group take the place of those it has.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func replace(
        _ row: SCIMResourceRow, with json: JSONObject, type: SCIMResourceType, now: Timestamp
    ) throws(StorageError) -> SCIMResourceRow {
        let resource = StorableResource(json, type: type)
        let new = try database.scimResources.update(
            row, to: resource, time: now.description)
        if type == .group {
            _ = try database.scimMembers.deleteAll(group: row.sequence)
            try insert(members: resource.members, into: row)
        }
        return new
    }

    /// Writes a resource's attributes anew; a group's members stay.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public func update(
        _ row: SCIMResourceRow, to json: JSONObject, type: SCIMResourceType, now: Timestamp
    ) throws(StorageError) -> SCIMResourceRow {
        try database.scimResources.update(
            row, to: StorableResource(json, type: type), time: now.description)
    }

    /// Says that a group's members changed: one version on.
    ///
    /// - Parameters:
    ///   - row: the group.
    ///   - isWritten: false to leave the row to `settle`, which has to come before anything reads it.
    ///   - now: the instant.
    /// - Returns: the row as it is now.
    /// - Throws: `StorageError` for what SQLite refuses.
    public mutating func touch(
        _ row: SCIMResourceRow, isWritten: Bool, now: Timestamp
    ) throws(StorageError) -> SCIMResourceRow {
        let new = row.touched(time: text(of: now))
        if isWritten { try database.scimResources.write(new) }
        recent = Recent(new, isWritten: isWritten)
        return new
    }

    /// Keeps a group for the change of its members that may follow.
    public mutating func keepRecent(_ row: SCIMResourceRow) {
        if recent?.row.sequence != row.sequence { recent = Recent(row, isWritten: true) }
    }

    /// Forgets the group whose members changed last, and the name that was free, as a resource is about
    /// to change.
    public mutating func forgetRecent() {
        recent = nil
        freeUserName = nil
    }

    /// Writes what `touch` left.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    public mutating func settle() throws(StorageError) {
        guard let recent, !recent.isWritten else { return }
        try database.scimResources.write(recent.row)
        self.recent = Recent(recent.row, isWritten: true)
    }

    private mutating func text(of now: Timestamp) -> String {
        if let written, written.instant == now { return written.text }
        let text = now.description
        written = (now, text)
        return text
    }

    private func insert(members: JSONValue?, into row: SCIMResourceRow) throws(StorageError) {
        for element in members?.array ?? [] {
            guard let member = SCIMMember(element) else { continue }
            _ = try database.scimMembers.insert(member, group: row.sequence)
        }
    }
}

extension SCIMMember {
    /// A member from its JSON: an object with a `value`, or the bare identifier; nil for anything else.
    public init?(_ json: JSONValue) {
        if let value = json.string {
            self.init(value: value)
            return
        }
        guard let object = json.object, let value = object[scim: "value"]?.string, !value.isEmpty
        else { return nil }
        let rest = object.members.filter {
            !$0.value.isNull && !$0.name.isSameSCIMName(as: "value")
        }
        guard !rest.isEmpty else {
            self.init(value: value)
            return
        }
        let whole = [("value", JSONValue.string(value))] + rest.map { ($0.name, $0.value) }
        self.init(value: value, json: JSONValue.object(JSONObject(whole)).text)
    }
}
