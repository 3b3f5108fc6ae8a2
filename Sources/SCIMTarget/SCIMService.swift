// One request to one directory: read, checked against the resource, carried out.

import Emulator
import HTTP
import Model
import Storage
import VirtualTime

/// The operations on users and groups, each of which checks all before it writes.
struct SCIMService {
    private(set) var store: SCIMStore
    let base: String

    /// The precondition of a request: the versions that it names.
    struct Precondition {
        /// `If-Match`, or a bulk operation's `version`; nil for none.
        var ifMatch: String?
        /// `If-None-Match`; nil for none.
        var ifNoneMatch: String?

        /// Whether a list of versions has this one; compared weakly, as versions are weak.
        static func has(_ versions: String, _ version: String) -> Bool {
            func bare(_ text: Substring) -> Substring {
                let trimmed = text.drop { $0 == " " }
                return trimmed.hasPrefix("W/") ? trimmed.dropFirst(2) : trimmed
            }
            return versions.split(separator: ",").contains { part in
                let tag = bare(part)
                let end = tag.lastIndex { $0 != " " }
                let own = end.map { tag[...$0] } ?? tag
                return own == "*" || own == bare(version[...])
            }
        }
    }

    /// A resource's row, written or read.
    struct Answer {
        let row: SCIMResourceRow
        let type: SCIMResourceType
    }

    private func rendering(
        _ type: SCIMResourceType, _ selection: AttributeSelection = .all
    ) -> ResourceRendering {
        ResourceRendering(store: store, type: type, base: base, selection: selection)
    }

    /// The address of a resource.
    func location(of answer: Answer) -> String { rendering(answer.type).location(answer.row) }

    /// A resource as an answer.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    func response(
        _ answer: Answer, status: Int, _ selection: AttributeSelection
    ) throws -> HTTPResponse {
        let rendering = rendering(answer.type, selection)
        var body: [UInt8] = []
        body.reserveCapacity(answer.row.body.utf8.count + 320)
        try rendering.append(answer.row, to: &body)
        return HTTPResponse(status: status, fields: fields(answer, status: status), body: body)
    }

    /// The header fields of an answer about a resource.
    func fields(_ answer: Answer, status: Int) -> [HTTPField] {
        var fields = [
            BuiltInTarget.contentType, HTTPField("ETag", ResourceRendering.version(answer.row)),
        ]
        if status == 201 { fields.append(HTTPField("Location", location(of: answer))) }
        return fields
    }

    /// The answer about a user who was made just now and is in no group: its head and its body.
    func created(_ answer: Answer) -> (head: HTTPResponse, body: LocalAnswer.Unwritten) {
        let row = answer.row
        let location = location(of: answer)
        let fields = [
            BuiltInTarget.contentType, HTTPField("ETag", ResourceRendering.version(row)),
            HTTPField("Location", location),
        ]
        let body = LocalAnswer.Unwritten.created(id: row.id, size: row.body.utf8.count) {
            ResourceRendering.user(row, location: location)
        }
        return (HTTPResponse(status: 201, fields: fields), body)
    }

    /// Reads a resource.
    ///
    /// - Throws: `SCIMRefusal.notFound`, also for one of another directory.
    func load(_ id: String, _ type: SCIMResourceType) throws -> SCIMResourceRow {
        if type == .group, let recent = store.recentGroup, recent.id == id { return recent }
        guard let key = store.key,
            let row = try store.database.scimResources.load(id: id, type: type, directory: key)
        else { throw SCIMRefusal.notFound("The \(type.name.lowercased()) '\(id)'") }
        return row
    }

    private func load(
        _ id: String, _ type: SCIMResourceType, _ precondition: Precondition
    ) throws -> SCIMResourceRow {
        let row = try load(id, type)
        if let versions = precondition.ifMatch,
            !Precondition.has(versions, ResourceRendering.version(row))
        {
            throw SCIMRefusal.preconditionFailed
        }
        if let versions = precondition.ifNoneMatch,
            Precondition.has(versions, ResourceRendering.version(row))
        {
            throw SCIMRefusal.preconditionFailed
        }
        return row
    }

    /// Makes a resource, under an identifier that was promised already or under a new one.
    ///
    /// - Throws: `SCIMRefusal` for a body that does not fit, and for a name that is taken.
    mutating func create(
        _ body: JSONObject, _ type: SCIMResourceType, _ transaction: inout Transaction,
        id: String? = nil
    ) throws -> Answer {
        try create(
            try NewResource(body, type, store.behaviours), type, &transaction, id: id)
    }

    /// Makes a resource that was read before.
    ///
    /// - Throws: `SCIMRefusal` for a name that is taken, and for one that is too large.
    mutating func create(
        _ new: NewResource, _ type: SCIMResourceType, _ transaction: inout Transaction,
        id: String? = nil
    ) throws -> Answer {
        if !store.behaviours.contains(.duplicateCreate) {
            try checkUnique(new.json, type, besides: nil)
        }
        if let refusal = new.sizeRefusal { throw refusal }
        let row = try store.insert(
            new.stored, type: type, id: id ?? transaction.ids.next().description,
            now: transaction.now, isNewID: id == nil)
        return Answer(row: row, type: type)
    }

    /// Writes a resource anew.
    ///
    /// - Throws: `SCIMRefusal`.
    mutating func replace(
        _ id: String, _ body: JSONObject, _ type: SCIMResourceType, _ precondition: Precondition,
        now: Timestamp
    ) throws -> Answer {
        store.forgetRecent()
        let row = try load(id, type, precondition)
        if let given = body[scim: "id"]?.string, given != id {
            throw SCIMRefusal.mutability("id")
        }
        let json = try ResourceInput(type, store.behaviours).normalize(body)
        try checkUnique(json, type, besides: row)
        try ResourceSize.check(json)
        let new = try store.replace(row, with: json, type: type, now: now)
        return Answer(row: new, type: type)
    }

    /// Changes a resource; when nothing changes, its version stays.
    ///
    /// - Throws: `SCIMRefusal`.
    mutating func patch(
        _ id: String, _ request: PatchRequest, _ type: SCIMResourceType,
        _ precondition: Precondition, now: Timestamp
    ) throws -> Answer {
        let row = try load(id, type, precondition)
        if type == .group, let changes = try request.memberChanges() {
            return try change(row, changes, now)
        }
        store.forgetRecent()
        let before = row.json
        if store.behaviours.contains(.refusesTextBooleans) {
            for operation in request.operations { try refuseTextBoolean(operation, type) }
        }
        var patched = PatchedResource(before, type, store.behaviours)
        for operation in request.operations { try patched.apply(operation) }
        let json = try ResourceInput(type, store.behaviours).normalize(patched.json)
        // The order of members does not matter.
        let isSame = Set(json.members) == Set(before.members.filter { $0.name != "id" })
        if !isSame {
            try checkUnique(json, type, besides: row)
            try ResourceSize.check(json)
        }
        var isTouched = false
        for change in patched.memberChanges {
            isTouched = try change.apply(to: row, rendering: rendering(type)) || isTouched
        }
        if isSame {
            let new = isTouched ? try store.touch(row, isWritten: true, now: now) : row
            return Answer(row: new, type: type)
        }
        return Answer(
            row: try store.update(row, to: json, type: type, now: now), type: type)
    }

    /// Changes nothing but a group's members, as was read before; the group's version may be left to
    /// `SCIMStore.settle`.
    ///
    /// - Throws: `SCIMRefusal`.
    mutating func change(
        membersOf id: String, _ changes: Result<[MemberChange], SCIMRefusal>,
        _ precondition: Precondition, now: Timestamp
    ) throws -> Answer {
        if store.recentGroup?.id != id { try store.settle() }
        let row = try load(id, .group, precondition)
        return try change(row, try changes.get(), now, isWritten: false)
    }

    /// Changes nothing but a group's members, which lie beside its body.
    private mutating func change(
        _ row: SCIMResourceRow, _ changes: [MemberChange], _ now: Timestamp,
        isWritten: Bool = true
    ) throws -> Answer {
        var isTouched = false
        for change in changes {
            isTouched = try change.apply(to: row, rendering: rendering(.group)) || isTouched
        }
        guard isTouched else {
            store.keepRecent(row)
            return Answer(row: row, type: .group)
        }
        let new = try store.touch(row, isWritten: isWritten, now: now)
        return Answer(row: new, type: .group)
    }

    /// Behaviour `refuses-text-booleans`, for operations whose path names a boolean.
    private func refuseTextBoolean(
        _ operation: PatchRequest.Operation, _ type: SCIMResourceType
    ) throws {
        guard let path = operation.path, operation.value?.string != nil,
            SchemaBook.standard.definition(of: path.attribute, in: type)?.kind == .boolean
        else { return }
        throw SCIMRefusal.invalidValue("'\(path)' must be a boolean.")
    }

    /// Removes a resource.
    ///
    /// - Throws: `SCIMRefusal.notFound`, `.preconditionFailed`.
    mutating func delete(
        _ id: String, _ type: SCIMResourceType, _ precondition: Precondition
    ) throws {
        store.forgetRecent()
        try store.database.scimResources.delete(try load(id, type, precondition))
    }

    /// Remembers a name that no user has: the next request may be to make one who does.
    mutating func noteFree(_ userName: String?) { store.freeUserName = userName }

    private func checkUnique(
        _ json: JSONObject, _ type: SCIMResourceType, besides row: SCIMResourceRow?
    ) throws {
        guard let key = store.key else { return }
        let name = type == .user ? "userName" : "displayName"
        guard type == .user || store.behaviours.contains(.uniqueGroupNames),
            let value = json[name]?.string
        else { return }
        if let row, row.json[name]?.string?.lowercased() == value.lowercased() { return }
        if type == .user, row == nil, value == store.freeUserName { return }
        let isTaken = try store.database.scimResources.isTaken(
            type == .user ? .userName : .displayName, value, type: type, directory: key,
            by: row?.sequence)
        if isTaken { throw SCIMRefusal.uniqueness(name, value) }
    }
}
