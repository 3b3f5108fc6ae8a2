// The tenant's users and groups under the names that synchronization has for their properties.

import Expressions
import Model

/// Where Graph's JSON has a source attribute; made once for a mapping, read for each object.
///
/// Synchronization kept the names of an older API: `mobile` is Graph's `mobilePhone`.
struct TenantAttribute {
    private enum Place {
        case member(String)
        case principalName
        case firstPhone
        case nowhere
    }

    let name: String
    private let place: Place

    init(_ name: String) {
        self.name = name
        place =
            switch name {
            case "objectId": .member("id")
            case "mobile": .member("mobilePhone")
            case "facsimileTelephoneNumber": .member("faxNumber")
            case "physicalDeliveryOfficeName": .member("officeLocation")
            case "telephoneNumber": .firstPhone
            case "dirSyncEnabled": .member("onPremisesSyncEnabled")
            case "sourceAnchorBinary": .member("onPremisesImmutableId")
            case "originalUserPrincipalName": .member("userPrincipalName")
            case "userPrincipalName": .principalName
            case "passwordProfile.password": .nowhere
            default: .member(name)
            }
    }

    /// The value that an object has; null when it has none.
    func value(in body: JSONObject) -> ExpressionValue {
        switch place {
        case .nowhere: return .null
        case .principalName:
            return TenantAttribute.principalName(in: body).map { .text($0) } ?? .null
        case .firstPhone:
            return body["businessPhones"]?.array?.first.map(ExpressionValue.init) ?? .null
        case .member(let member):
            if let value = body[member] { return ExpressionValue(value) }
            return nested(in: body)
        }
    }

    private func nested(in body: JSONObject) -> ExpressionValue {
        if name.hasPrefix("extensionAttribute") {
            let extended = body["onPremisesExtensionAttributes"]?.object
            return extended?[name].map(ExpressionValue.init) ?? .null
        }
        guard name.utf8.contains(UInt8(ascii: ".")) else { return .null }
        var current: JSONValue? = .object(body)
        for part in name.split(separator: ".") { current = current?.object?[String(part)] }
        return current.map(ExpressionValue.init) ?? .null
    }

    /// The user principal name; a guest's is delivered as the address it was invited with.
    static func principalName(in body: JSONObject) -> String? {
        guard let name = body["userPrincipalName"]?.string else { return nil }
        guard name.utf8.contains(UInt8(ascii: "#")), let mark = name.firstRange(of: "#EXT#") else {
            return name
        }
        let alias = name[..<mark.lowerBound]
        guard let line = alias.lastIndex(of: "_") else { return String(alias) }
        return alias[..<line] + "@" + alias[alias.index(after: line)...]
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
