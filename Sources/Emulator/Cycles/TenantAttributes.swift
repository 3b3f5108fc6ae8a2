// The tenant's users and groups under the names that synchronization has for their properties.

import Expressions
import Model

/// Reads source attributes out of Graph's JSON.
///
/// Synchronization kept the names of an older API: `mobile` is Graph's `mobilePhone`.
struct TenantAttributes {
    let body: JSONObject

    /// The value of a source attribute; null when the object has none.
    func value(_ name: String) -> ExpressionValue {
        switch name {
        case "objectId": return text("id")
        case "mobile": return text("mobilePhone")
        case "facsimileTelephoneNumber": return text("faxNumber")
        case "physicalDeliveryOfficeName": return text("officeLocation")
        case "telephoneNumber":
            return body["businessPhones"]?.array?.first.map(ExpressionValue.init) ?? .null
        case "dirSyncEnabled": return text("onPremisesSyncEnabled")
        case "sourceAnchorBinary": return text("onPremisesImmutableId")
        case "originalUserPrincipalName": return text("userPrincipalName")
        case "userPrincipalName":
            return principalName.map { .text($0) } ?? .null
        case "passwordProfile.password": return .null
        default: break
        }
        if let value = body[name] { return ExpressionValue(value) }
        if name.hasPrefix("extensionAttribute") {
            let extended = body["onPremisesExtensionAttributes"]?.object
            return extended?[name].map(ExpressionValue.init) ?? .null
        }
        guard name.contains(".") else { return .null }
        var current: JSONValue? = .object(body)
        for part in name.split(separator: ".") { current = current?.object?[String(part)] }
        return current.map(ExpressionValue.init) ?? .null
    }

    /// The user principal name; a guest's is delivered as the address it was invited with.
    var principalName: String? {
        guard let name = body["userPrincipalName"]?.string else { return nil }
        guard let mark = name.firstRange(of: "#EXT#") else { return name }
        let alias = name[..<mark.lowerBound]
        guard let line = alias.lastIndex(of: "_") else { return String(alias) }
        return alias[..<line] + "@" + alias[alias.index(after: line)...]
    }

    private func text(_ member: String) -> ExpressionValue {
        body[member].map(ExpressionValue.init) ?? .null
    }
}

extension ExpressionValue {
    /// A JSON value as expressions see it; objects have no value.
    init(_ json: JSONValue) {
        switch json {
        case .null, .object: self = .null
        case .bool(let flag): self = .one(.boolean(flag))
        case .integer(let number): self = .one(.integer(number))
        case .number: self = .text(json.text)
        case .string(let text): self = .text(text)
        case .array(let elements):
            let scalars = elements.flatMap { ExpressionValue($0).scalars }
            self = scalars.isEmpty ? .null : .many(scalars)
        }
    }
}
