// What a PATCH does to a group's members, which lie in a table of their own.

import Emulator
import Model
import Storage

/// One change of a group's members.
enum MemberChange {
    case add([SCIMMember])
    case replace([SCIMMember])
    case remove([String])
    case removeMatching(SCIMFilter)
    case removeAll

    /// The change that an operation on `members` asks for.
    ///
    /// Members are removed by a list of values, as the service's default dialect does, and by a condition.
    ///
    /// - Throws: `SCIMRefusal.invalidValue`, `.mutability`, `.noTarget`.
    init(
        _ verb: PatchRequest.Verb, _ path: SCIMPath, _ value: JSONValue?
    ) throws(SCIMRefusal) {
        if let condition = path.condition {
            // What is within a member can't be changed (RFC 7643, section 4.2).
            guard verb == .remove, path.attribute.subAttribute == nil else {
                throw SCIMRefusal.mutability(path.description)
            }
            if let (name, value) = condition.singleEquality, let id = value.string,
                name.name.isSameSCIMName(as: "value"), name.subAttribute == nil
            {
                self = .remove([id])
            } else {
                self = .removeMatching(condition)
            }
            return
        }
        guard path.attribute.subAttribute == nil else {
            throw SCIMRefusal.mutability(path.description)
        }
        switch verb {
        case .add: self = .add(try MemberChange.members(value))
        case .replace: self = .replace(try MemberChange.members(value))
        case .remove:
            guard let value, !value.isNull else {
                self = .removeAll
                return
            }
            self = .remove(try MemberChange.members(value).map(\.value))
        }
    }

    private static func members(_ value: JSONValue?) throws(SCIMRefusal) -> [SCIMMember] {
        var members: [SCIMMember] = []
        for element in value?.array ?? [value ?? .null] {
            guard let member = SCIMMember(element) else {
                throw SCIMRefusal.invalidValue("A member needs a 'value'.")
            }
            members.append(member)
        }
        return members
    }

    /// Carries the change out.
    ///
    /// - Returns: whether anything is different now.
    /// - Throws: `StorageError` for what SQLite refuses.
    func apply(to row: SCIMResourceRow, rendering: ResourceRendering) throws -> Bool {
        let table = rendering.store.database.scimMembers
        var isChanged = false
        switch self {
        case .add(let members):
            for member in members {
                isChanged = try table.insert(member, group: row.sequence) || isChanged
            }
        case .replace(let members):
            isChanged = try table.deleteAll(group: row.sequence)
            for member in members {
                isChanged = try table.insert(member, group: row.sequence) || isChanged
            }
        case .remove(let values):
            for value in values {
                isChanged = try table.delete(value, group: row.sequence) || isChanged
            }
        case .removeMatching(let condition):
            for member in try rendering.members(of: row) where condition.matches(element: member) {
                guard let value = member.object?["value"]?.string else { continue }
                isChanged = try table.delete(value, group: row.sequence) || isChanged
            }
        case .removeAll: isChanged = try table.deleteAll(group: row.sequence)
        }
        return isChanged
    }
}
