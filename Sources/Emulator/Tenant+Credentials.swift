// Password credentials of applications and service principals.

public import Model
import Storage
import VirtualTime

/// What a text is worth as a client secret.
public enum ClientSecretState: Sendable, Equatable {
    /// No secret of the application, or one that is not valid yet.
    case unknown
    /// One whose time is over.
    case expired
    /// A secret that opens.
    case valid
}

extension Tenant {
    /// Makes a client secret and tells it once.
    ///
    /// - Parameters:
    ///   - request: `displayName`, `startDateTime` and `endDateTime` of a `passwordCredential`.
    ///   - kind: application or service principal.
    ///   - key: whose secret it is.
    /// - Returns: the credential with its `secretText`.
    /// - Throws: `DirectoryError.notFound`; `.invalidValue` for a time that ends before it begins.
    public func addPassword(
        _ request: JSONObject, to kind: DirectoryKind, _ key: DirectoryKey
    ) throws -> JSONObject {
        try write { transaction in
            let owner = try transaction.database.require(kind, key)
            let checked = try BodyNormalizer(catalog: gallery.types)
                .changes(request, as: "passwordCredential")
            let start = Tenant.time(checked["startDateTime"]) ?? transaction.now
            let end = Tenant.time(checked["endDateTime"]) ?? start + Limits.secretValidity
            guard start < end else {
                throw DirectoryError.invalidValue(
                    property: "endDateTime", resource: "PasswordCredential")
            }
            let keyID = transaction.ids.next()
            let secret = Tenant.secretText(&transaction.ids)
            var shown = JSONObject([
                ("customKeyIdentifier", checked["customKeyIdentifier"] ?? .null),
                ("displayName", checked["displayName"] ?? .null),
                ("endDateTime", .string(end.description)),
                ("hint", .string(String(secret.prefix(3)))),
                ("keyId", .string(keyID.description)), ("secretText", .null),
                ("startDateTime", .string(start.description)),
            ])
            try transaction.database.passwordCredentials.insert(
                key: keyID, owner: owner.id, secret: secret, validity: start..<end)
            let known = owner.json["passwordCredentials"]?.array ?? []
            try update(
                kind, owner,
                JSONObject([("passwordCredentials", .array([.object(shown)] + known))]),
                in: &transaction)
            shown["secretText"] = .string(secret)
            return shown
        }
    }

    /// Forgets a client secret.
    ///
    /// - Throws: `DirectoryError.notFound`, `.credentialNotFound`.
    public func removePassword(
        _ keyID: GUID, of kind: DirectoryKind, _ key: DirectoryKey
    ) throws {
        try write { transaction in
            let owner = try transaction.database.require(kind, key)
            let known = owner.json["passwordCredentials"]?.array ?? []
            let kept = known.filter {
                $0.object?["keyId"]?.string.flatMap { GUID(parsing: $0) } != keyID
            }
            guard kept.count < known.count else {
                throw DirectoryError.credentialNotFound(keyID.description)
            }
            try transaction.database.passwordCredentials.delete(key: keyID, owner: owner.id)
            try update(
                kind, owner, JSONObject([("passwordCredentials", .array(kept))]),
                in: &transaction)
        }
    }

    /// What a text is as a client secret of an application, or of its service principal.
    ///
    /// - Throws: `StorageError` for what the store refuses.
    public func clientSecret(
        _ secret: String, ofApp appID: GUID
    ) throws -> ClientSecretState {
        try view { transaction in
            let database = transaction.database
            var state = ClientSecretState.unknown
            for kind in [DirectoryKind.application, .servicePrincipal] {
                guard let owner = try database.find(kind, .appID(appID)), owner.deleted == nil
                else { continue }
                // A key that a PATCH left out is gone, whatever the table still holds.
                let keys = (owner.object.json["passwordCredentials"]?.array ?? []).compactMap {
                    $0.object?["keyId"]?.string.flatMap { GUID(parsing: $0) }
                }
                let validities = try database.passwordCredentials.validities(
                    of: secret, owner: owner.object.id, keys: keys)
                let now = transaction.now
                if validities.contains(where: { $0.contains(now) }) { return .valid }
                if validities.contains(where: { $0.upperBound <= now }) { state = .expired }
            }
            return state
        }
    }

    private static func time(_ value: JSONValue?) -> Timestamp? {
        value?.string.flatMap { Timestamp(parsing: $0) }
    }

    /// 40 characters of the shape that the service gives out: `xxx8Q~…`.
    private static func secretText(_ ids: inout IDGenerator) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.")
        var characters: [Character] = []
        while characters.count < 37 {
            // The low word but for its two fixed bits: ten characters of six bits each.
            var bits = ids.next().low
            for _ in 0..<10 {
                characters.append(alphabet[Int(bits % UInt64(alphabet.count))])
                bits >>= 6
            }
        }
        return String(characters[..<3]) + "8Q~" + String(characters[3..<37])
    }
}
