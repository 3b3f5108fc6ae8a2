// Rows to the bytes of resources.

import Emulator
import Model
import Storage

/// Writes resources as answers show them: the stored body, then what is computed.
struct ResourceRendering {
    let store: SCIMStore
    let type: SCIMResourceType
    /// The address of the service, which `location` and references begin with.
    let base: String
    let selection: AttributeSelection

    /// Appends a resource.
    ///
    /// - Throws: `StorageError` for what SQLite refuses.
    func append(_ row: SCIMResourceRow, to output: inout [UInt8]) throws {
        if selection.keepsBodies {
            try appendWhole(row, to: &output)
            return
        }
        var whole: [UInt8] = []
        try appendWhole(row, to: &whole)
        let json = (try? JSONValue(parsing: whole).object) ?? JSONObject()
        JSONValue.object(selection.apply(to: json)).write(to: &output)
    }

    /// The version of a resource, as `ETag` and `meta` show it.
    static func version(_ row: SCIMResourceRow) -> String {
        row.version == 1 ? firstVersion : "W/\"" + String(row.version) + "\""
    }

    private static let firstVersion = "W/\"1\""

    /// The address of a resource.
    func location(_ row: SCIMResourceRow) -> String {
        var text = ""
        text.reserveCapacity(base.utf8.count + type.endpoint.utf8.count + row.id.utf8.count + 1)
        text += base
        text += type.endpoint
        text += "/"
        text += row.id
        return text
    }

    /// What `meta` shows of a resource.
    func meta(_ row: SCIMResourceRow) -> JSONValue {
        [
            "resourceType": .string(type.name), "created": .string(row.created),
            "lastModified": .string(row.modified), "location": .string(location(row)),
            "version": .string(ResourceRendering.version(row)),
        ]
    }

    /// A whole user who is in no group, without a look at the store.
    static func user(_ row: SCIMResourceRow, location: String) -> [UInt8] {
        var output = Array(row.body.utf8.dropLast())
        appendMeta(row, .user, location: location, to: &output)
        return output
    }

    private func appendWhole(_ row: SCIMResourceRow, to output: inout [UInt8]) throws {
        var text = row.body
        // Copied as one block.
        text.withUTF8 { output.append(contentsOf: $0.dropLast()) }
        switch type {
        case .user where selection.shows("groups"): try appendGroups(of: row, to: &output)
        case .group where selection.shows("members"): try appendMembers(of: row, to: &output)
        default: break
        }
        ResourceRendering.appendMeta(row, type, location: location(row), to: &output)
    }

    /// Appends `meta`, and ends the resource.
    private static func appendMeta(
        _ row: SCIMResourceRow, _ type: SCIMResourceType, location: String,
        to output: inout [UInt8]
    ) {
        output.append(contentsOf: ",\"meta\":{\"resourceType\":\"".utf8)
        output.append(contentsOf: type.name.utf8)
        output.append(contentsOf: "\",\"created\":\"".utf8)
        output.append(contentsOf: row.created.utf8)
        output.append(contentsOf: "\",\"lastModified\":\"".utf8)
        output.append(contentsOf: row.modified.utf8)
        output.append(contentsOf: "\",\"location\":".utf8)
        JSONValue.string(location).write(to: &output)
        output.append(contentsOf: ",\"version\":\"W/\\\"".utf8)
        output.append(contentsOf: String(row.version).utf8)
        output.append(contentsOf: "\\\"\"}}".utf8)
    }

    private func appendGroups(of row: SCIMResourceRow, to output: inout [UInt8]) throws {
        let groups = try groups(of: row)
        guard !groups.isEmpty else { return }
        output.append(contentsOf: ",\"groups\":".utf8)
        JSONValue.array(groups).write(to: &output)
    }

    private func appendMembers(of row: SCIMResourceRow, to output: inout [UInt8]) throws {
        let members = try members(of: row)
        guard !members.isEmpty else { return }
        output.append(contentsOf: ",\"members\":".utf8)
        JSONValue.array(members).write(to: &output)
    }

    /// The groups that a user is a member of, as `groups` shows them.
    func groups(of row: SCIMResourceRow) throws -> [JSONValue] {
        guard let key = store.key else { return [] }
        return try store.database.scimMembers.groups(of: row.id, directory: key).map { group in
            let name = (try? JSONValue(parsing: group.body))?.object?["displayName"]
            return [
                "value": .string(group.id), "$ref": .string(base + "/Groups/" + group.id),
                "display": name ?? .null, "type": "direct",
            ]
        }
    }

    /// The members of a group, as `members` shows them.
    func members(of row: SCIMResourceRow) throws -> [JSONValue] {
        guard let key = store.key else { return [] }
        return try store.database.scimMembers.list(group: row.sequence, directory: key).map(json)
    }

    /// A member as it was written, with the reference and the type that its identifier tells.
    func json(_ member: SCIMMember) -> JSONValue {
        var json =
            member.json.flatMap { try? JSONValue(parsing: $0).object }
            ?? JSONObject([("value", .string(member.value))])
        if let type = member.type {
            if json["$ref"] == nil {
                json["$ref"] = .string(base + type.endpoint + "/" + member.value)
            }
            if json["type"] == nil { json["type"] = .string(type.name) }
        }
        return .object(json)
    }
}
