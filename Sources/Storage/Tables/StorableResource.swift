// A resource of the built-in target, ready to become a row under any identifier.

public import Model

/// What a row of `scim_resources` is made of: all but the identifier, which may be given later.
public struct StorableResource: Sendable {
    /// A group's members, which lie in rows of their own.
    public let members: JSONValue?
    let userName: String?
    let externalId: String?
    let displayName: String?
    private let schemas: JSONValue
    private let rest: [JSONObject.Member]
    /// The text up to the identifier, and after it.
    private let text: (head: [UInt8], tail: [UInt8])

    /// Makes a resource ready: `schemas` and `id` come first; `meta` and `groups` are left out.
    public init(_ json: JSONObject, type: SCIMResourceType) {
        schemas = json["schemas"] ?? [.string(type.schema)]
        var rest: [JSONObject.Member] = []
        rest.reserveCapacity(json.members.count)
        for member in json.members {
            switch member.name {
            case "schemas", "id", "meta", "groups", "members": continue
            default: rest.append(member)
            }
        }
        self.rest = rest
        members = json[scim: "members"]
        userName = type == .user ? json["userName"]?.string?.lowercased() : nil
        externalId = json["externalId"]?.string
        displayName = json["displayName"]?.string?.lowercased()
        var head = Array("{\"schemas\":".utf8)
        schemas.write(to: &head)
        head.append(contentsOf: ",\"id\":".utf8)
        var tail: [UInt8] = []
        for member in rest {
            tail.append(UInt8(ascii: ","))
            JSONValue.write(member.name, to: &tail)
            tail.append(UInt8(ascii: ":"))
            member.value.write(to: &tail)
        }
        tail.append(UInt8(ascii: "}"))
        text = (head, tail)
    }

    /// The row's JSON under an identifier.
    func json(id: String) -> JSONObject {
        var json = JSONObject()
        // With room for what an answer adds.
        json.reserveCapacity(rest.count + 4)
        json.append("schemas", schemas)
        json.append("id", .string(id))
        for member in rest { json.append(member.name, member.value) }
        return json
    }

    /// The same as text.
    func text(id: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.head.count + text.tail.count + id.utf8.count + 8)
        bytes.append(contentsOf: text.head)
        JSONValue.write(id, to: &bytes)
        bytes.append(contentsOf: text.tail)
        return String(decoding: bytes, as: UTF8.self)
    }
}
