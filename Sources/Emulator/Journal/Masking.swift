// Secrets are write-only: what the journal shows of them.

import HTTP
import Model

/// Takes secrets out of what is shown.
enum Masking {
    /// What stands for a secret.
    static let mask = "***"

    private static let fields: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key",
    ]
    /// Members and form fields that hold a secret, in lower case.
    private static let names: Set<String> = [
        "client_secret", "clientsecret", "client_assertion", "assertion", "password", "passwd",
        "access_token", "refresh_token", "id_token", "secrettext", "secrettoken", "secret", "token",
        "applicationsecret", "adminpassword", "oauth2accesstoken", "oauth2refreshtoken",
    ]

    /// A header field with its secret taken out; the scheme of credentials stays.
    static func masked(_ field: HTTPField) -> HTTPField {
        guard fields.contains(field.name.lowercased()) else { return field }
        let parts = field.value.split(separator: " ", maxSplits: 1)
        return HTTPField(field.name, parts.count == 2 ? parts[0] + " " + mask : mask)
    }

    /// A body as it is shown: JSON as JSON, a form without its secrets, other text as text.
    static func masked(body: [UInt8], contentType: String?) -> JSONValue {
        guard !body.isEmpty else { return .null }
        let type = contentType?.lowercased() ?? ""
        if type.contains("x-www-form-urlencoded") {
            return .string(maskedForm(String(decoding: body, as: UTF8.self)))
        }
        if let json = try? JSONValue(parsing: body) { return masked(json) }
        return .string(String(decoding: body, as: UTF8.self))
    }

    /// JSON with its secrets taken out.
    static func masked(_ json: JSONValue) -> JSONValue {
        switch json {
        case .array(let elements): return .array(elements.map(masked))
        case .object(let object):
            let isSecretPair =
                object["key"]?.string.map(isSecret) ?? object["path"]?.string.map(isSecretPath)
                ?? false
            var result = JSONObject()
            for member in object.members {
                let isHidden =
                    isSecret(member.name) || isSecretPair && member.name == "value"
                result[member.name] =
                    isHidden && member.value.isScalar ? hidden(member.value) : masked(member.value)
            }
            return .object(result)
        default: return json
        }
    }

    /// Whether a member, form field or key of a synchronization holds a secret.
    static func isSecret(_ name: String) -> Bool { names.contains(name.lowercased()) }

    /// Whether the path of a PATCH operation ends in the name of a secret.
    private static func isSecretPath(_ path: String) -> Bool {
        isSecret(path.split { $0 == ":" || $0 == "." }.last.map(String.init) ?? path)
    }

    private static func hidden(_ value: JSONValue) -> JSONValue {
        value.isNull || value.bool != nil ? value : .string(mask)
    }

    private static func maskedForm(_ form: String) -> String {
        form.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            let name = pair.prefix { $0 != "=" }
            return isSecret(String(name)) ? name + "=" + mask : String(pair)
        }.joined(separator: "&")
    }
}

extension JSONValue {
    /// Whether this is neither an array nor an object.
    fileprivate var isScalar: Bool { array == nil && object == nil }
}
