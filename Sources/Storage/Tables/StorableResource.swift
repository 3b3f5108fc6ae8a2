// A resource of the built-in target, ready to become a row under any identifier.

public import Model

/// What a row of `scim_resources` is made of: all but the identifier, which may be given later.
public struct StorableResource: Sendable {
    /// A group's members, which lie in rows of their own.
    public let members: JSONValue?
    let userName: String?
    let externalId: String?
    let displayName: String?
    /// The text up to the identifier, and after it.
    private let text: (head: [UInt8], tail: [UInt8])

    /// Makes a resource ready: `schemas` and `id` come first; `meta` and `groups` are left out.
    public init(_ json: JSONObject, type: SCIMResourceType) {
        members = json[scim: "members"]
        userName = type == .user ? json["userName"]?.string?.lowercased() : nil
        externalId = json["externalId"]?.string
        displayName = json["displayName"]?.string?.lowercased()
        var head = Array("{\"schemas\":".utf8)
        (json["schemas"] ?? [.string(type.schema)]).write(to: &head)
        head.append(contentsOf: ",\"id\":".utf8)
        var tail: [UInt8] = []
        for member in json.members {
            switch member.name {
            case "schemas", "id", "meta", "groups", "members": continue
            default: break
            }
            tail.append(UInt8(ascii: ","))
            JSONValue.write(member.name, to: &tail)
            tail.append(UInt8(ascii: ":"))
            member.value.write(to: &tail)
        }
        tail.append(UInt8(ascii: "}"))
        text = (head, tail)
    }

    /// The row's body under an identifier.
    func text(id: String) -> String {
        var quoted: [UInt8] = []
        JSONValue.write(id, to: &quoted)
        return String(
            unsafeUninitializedCapacity: text.head.count + quoted.count + text.tail.count
        ) { buffer in
            var place = 0
            for part in [text.head, quoted, text.tail] {
                place = buffer[place...].update(fromContentsOf: part)
            }
            return place
        }
    }
}
