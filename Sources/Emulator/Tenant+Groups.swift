// Commands on groups, their members and their owners.

public import Model
import Storage
import VirtualTime

/// The objects that a new or changed group is to refer to.
public struct GroupReferences: Sendable, Equatable {
    /// Who is in it.
    public var members: [GUID]
    /// Who owns it.
    public var owners: [GUID]

    /// Makes a list; empty ones add nothing.
    public init(members: [GUID] = [], owners: [GUID] = []) {
        self.members = members
        self.owners = owners
    }
}

extension Tenant {
    /// Makes a group in a transaction of its own.
    ///
    /// - Throws: as `createGroup(_:_:as:in:)`.
    public func createGroup(
        _ json: JSONObject, _ references: GroupReferences = GroupReferences(),
        as writer: DirectoryWriter = .caller
    ) throws -> DirectoryObject {
        try write { transaction in
            try createGroup(json, references, as: writer, in: &transaction)
        }
    }

    /// Makes a group with its first members and owners.
    ///
    /// - Throws: `BodyError` for what does not fit the metadata, `DirectoryError` for what the
    ///   directory refuses.
    public func createGroup(
        _ json: JSONObject, _ references: GroupReferences = GroupReferences(),
        as writer: DirectoryWriter = .caller, in transaction: inout Transaction
    ) throws -> DirectoryObject {
        let body = body(.group, writer)
        var members = try body.checked(json, in: transaction.database)
        try body.require(
            ["displayName", "mailEnabled", "mailNickname", "securityEnabled"], in: members)
        let id = transaction.ids.next()
        if members["groupTypes"] == nil { members["groupTypes"] = [] }
        try checkGroup(members, id: id, in: transaction.database)
        members["id"] = nil
        members.prepend("id", .string(id.description))
        members["createdDateTime"] = .string(transaction.now.wholeSecond.description)
        if members["renewedDateTime"] == nil {
            members["renewedDateTime"] = members["createdDateTime"]
        }
        let group = try Tenant.object(members)
        try transaction.database.groups.insert(group)
        try add(references, to: group.id, in: &transaction)
        return group
    }

    /// Changes a group, and adds members and owners: all of it or nothing.
    ///
    /// - Throws: as `updateGroup(_:_:_:as:in:)`.
    public func updateGroup(
        _ id: GUID, _ changes: JSONObject, _ references: GroupReferences = GroupReferences(),
        as writer: DirectoryWriter = .caller
    ) throws {
        _ = try write { transaction in
            try updateGroup(id, changes, references, as: writer, in: &transaction)
        }
    }

    /// Changes the members of a group that are given, and adds members and owners.
    ///
    /// - Throws: `BodyError` for what does not fit the metadata, `DirectoryError` for what the
    ///   directory refuses.
    @discardableResult
    public func updateGroup(
        _ id: GUID, _ changes: JSONObject, _ references: GroupReferences = GroupReferences(),
        as writer: DirectoryWriter = .caller, in transaction: inout Transaction
    ) throws -> DirectoryObject {
        let group = try transaction.database.require(.group, .id(id))
        let changes = try body(.group, writer).checked(changes, in: transaction.database)
        if writer.isCaller, group.json["onPremisesSyncEnabled"]?.bool == true {
            throw DirectoryError.synchronizedFromOnPremises
        }
        var whole = group.json
        whole.apply(changes)
        try checkGroup(whole, id: id, in: transaction.database)
        try add(references, to: id, in: &transaction)
        return try update(.group, group, changes, in: &transaction)
    }

    private func add(
        _ references: GroupReferences, to group: GUID, in transaction: inout Transaction
    ) throws {
        for member in references.members {
            try addReference(.member, to: member, of: .group, group, in: &transaction)
        }
        for owner in references.owners {
            try addReference(.owner, to: owner, of: .group, group, in: &transaction)
        }
    }

    private func checkGroup(_ members: JSONObject, id: GUID, in database: Database) throws {
        let types = (members["groupTypes"]?.array ?? []).compactMap(\.string)
        guard types.allSatisfy({ $0 == "Unified" || $0 == "DynamicMembership" }) else {
            throw DirectoryError.invalidValue(property: "groupTypes", resource: "Group")
        }
        let isMailEnabled = members["mailEnabled"]?.bool == true
        let isSecurityEnabled = members["securityEnabled"]?.bool == true
        guard types.contains("Unified") ? isMailEnabled : !isMailEnabled && isSecurityEnabled
        else { throw DirectoryError.mailEnabledGroup }
        guard types.contains("Unified"), let nickname = members["mailNickname"]?.string else {
            return
        }
        let others = try database.directory.loadOthers(.group, mailNickname: nickname, than: id)
        if others.contains(where: { $0.json["mailEnabled"]?.bool == true }) {
            throw DirectoryError.valueTaken(property: "mailNickname")
        }
    }
}
