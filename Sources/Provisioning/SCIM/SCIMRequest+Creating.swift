// The body of a new resource.

import Expressions
import Model

extension SCIMRequest {
    /// Makes an object.
    ///
    /// Booleans are real ones whatever the dialect; attributes without a value are left out, and
    /// members come later, by PATCH.
    public static func create(
        _ type: SCIMTargetType, _ changes: [TargetChange]
    ) -> SCIMRequest {
        var resource = JSONObject()
        var place = 0
        for change in changes where change.operation != .remove && !change.value.isNullOrEmpty {
            let attribute = type.attribute(change.attribute, from: &place)
            if let roles = SCIMRoles.resource(attribute, change.value) {
                roles.write(to: &resource)
            } else if let value = created(change, attribute) {
                attribute.path.write(value, to: &resource)
            }
        }
        markPrimaryEmail(in: &resource)
        return SCIMRequest("POST", type.path, body: .object(ordered(resource, type)))
    }

    private static func created(_ change: TargetChange, _ attribute: SCIMAttribute) -> JSONValue? {
        let value = SCIMLiteral.json(change.value, of: attribute, booleansAsText: false)
        guard attribute.isReference, !attribute.isMultivalued, !attribute.isValuePath,
            attribute.path.attribute.subAttribute == nil
        else { return value }
        // Unverified: a reference in a new resource is an object with its value (RFC 7643, 4.3).
        return value.map { ["value": $0] }
    }

    /// The work address is the primary one.
    private static func markPrimaryEmail(in resource: inout JSONObject) {
        guard let emails = resource[scim: "emails"]?.array else { return }
        resource[scim: "emails"] = .array(
            emails.map { email in
                guard var members = email.object, members[scim: "type"]?.string == "work",
                    members[scim: "primary"] == nil
                else { return email }
                members.prepend("primary", true)
                return .object(members)
            })
    }

    private static let leading = [
        "externalId", "userName", "active", "displayName", "emails", "meta", "name",
    ]

    /// The members in the service's order: schemas, the well-known ones, the mapping's, then the
    /// collections that are always there.
    private static func ordered(_ resource: JSONObject, _ type: SCIMTargetType) -> JSONObject {
        var known = [JSONValue?](repeating: nil, count: leading.count)
        known[5] = .object(
            JSONObject.unchecked([.init(name: "resourceType", value: .string(type.name))]))
        var rest: [JSONObject.Member] = []
        for member in resource.members {
            if let index = leading.firstIndex(where: { $0.isSameSCIMName(as: member.name) }) {
                known[index] = member.value
            } else {
                rest.append(member)
            }
        }
        var ordered = JSONObject()
        ordered.reserveCapacity(resource.members.count + 3)
        ordered.append("schemas", .array(type.schemas))
        for index in leading.indices { known[index].map { ordered.append(leading[index], $0) } }
        for member in rest { ordered.append(member.name, member.value) }
        if type.name == "User" || type.name == "Group" {
            let collection = type.name == "User" ? "roles" : "members"
            if ordered[collection] == nil { ordered.append(collection, .array([])) }
        }
        return ordered
    }
}
