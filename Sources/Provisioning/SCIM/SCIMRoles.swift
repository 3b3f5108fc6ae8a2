// Roles of applications, which each role function has written in a form of its own.

import Expressions
import Model

/// Roles as a resource or a PATCH has them.
///
/// Follows "Provisioning a role to a SCIM app" of "Customize user provisioning attribute-mappings".
struct SCIMRoles {
    private static let type: JSONValue = "WindowsAzureActiveDirectoryRole"

    /// Elements of the attribute `roles`.
    let elements: [JSONValue]

    /// The roles as a new resource has them; nil for an attribute that no role function fills.
    static func resource(_ attribute: SCIMAttribute, _ value: ExpressionValue) -> SCIMRoles? {
        guard attribute.isRoles, let form = attribute.target.roleForm else { return nil }
        let roles = value.texts.map(Role.init)
        switch form {
        case .single:
            guard let role = roles.first else { return nil }
            return SCIMRoles(elements: [
                ["primary": true, "type": type, "value": .string(role.value)]
            ])
        case .complex:
            return SCIMRoles(
                elements: roles.map {
                    [
                        "primary": false, "type": type, "value": .string($0.value),
                        "displayName": .string($0.displayName),
                    ]
                })
        case .assertive:
            return SCIMRoles(
                elements: roles.map {
                    [
                        "primary": false, "type": type, "display": .string($0.displayName),
                        "value": .string($0.value),
                    ]
                })
        }
    }

    /// The roles as the default form's PATCH has them: JSON as text, but for the assertive function's.
    static func texts(
        _ attribute: SCIMAttribute, _ value: ExpressionValue, role: String?
    ) -> SCIMRoles? {
        guard let form = attribute.target.roleForm, let whole = resource(attribute, value) else {
            return nil
        }
        guard form != .assertive else { return whole }
        if let role { return SCIMRoles(elements: [["value": .string(role)]]) }
        return SCIMRoles(
            elements: value.texts.map { ["value": .string(Role($0).text)] })
    }

    /// Puts the roles beside what other mappings have written to the attribute.
    func write(to resource: inout JSONObject) {
        var written = elements
        // A mapping of `.display` or `.type` of the same element may have come before.
        if let old = resource[scim: "roles"]?.array?.first?.object, written.count == 1,
            var merged = written[0].object
        {
            for member in old.members where member.name != "primary" {
                merged[scim: member.name] = member.value
            }
            written = [.object(merged)]
        }
        resource[scim: "roles"] = .array(written)
    }
}

/// A role as a role function names it: by a JSON object's text, or by its value alone.
private struct Role {
    let value: String
    let displayName: String
    /// The role as a JSON text, with its identifier when that is known.
    let text: String

    init(_ text: String) {
        guard text.utf8.first == UInt8(ascii: "{"),
            let members = (try? JSONValue(parsing: text))?.object
        else {
            value = text
            displayName = text
            self.text =
                JSONValue.object(
                    JSONObject([("value", .string(text)), ("displayName", .string(text))])
                ).text
            return
        }
        let name = (members["displayName"] ?? members["display"])?.string
        let value = members["value"]?.string
        self.value = value ?? name ?? ""
        displayName = name ?? value ?? ""
        self.text = text
    }
}
