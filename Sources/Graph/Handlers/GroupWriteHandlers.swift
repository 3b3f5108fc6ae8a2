// Groups: create, update, delete.

import Emulator
import Model

/// Answers to writes below `/groups`.
///
/// Follows "Create group", "Update group", "Delete group" and "Add members".
enum GroupWriteHandlers {
    static func create(_ call: GraphCall) throws -> GraphAnswer {
        let body = try call.members()
        let group = try call.tenant.createGroup(
            body, try references(in: body, call), as: call.writer)
        return call.created(.group, group)
    }

    static func update(_ call: GraphCall) throws -> GraphAnswer {
        let id = try call.identifier(DirectoryParameter.group)
        _ = try call.tenant.directoryObject(.group, .id(id))
        let body = try call.members()
        try call.tenant.updateGroup(id, body, try references(in: body, call), as: call.writer)
        return .noContent
    }

    static func delete(_ call: GraphCall) throws -> GraphAnswer {
        try call.tenant.deleteObject(.group, try call.key(of: .group))
        return .noContent
    }

    private static func references(
        in body: JSONObject, _ call: GraphCall
    ) throws -> GroupReferences {
        let references = GroupReferences(
            members: try call.bound("members", in: body),
            owners: try call.bound("owners", in: body))
        let count = references.members.count + references.owners.count
        guard count <= Limits.boundReferences else {
            throw DirectoryError.tooManyReferences(count: count, limit: Limits.boundReferences)
        }
        return references
    }
}
