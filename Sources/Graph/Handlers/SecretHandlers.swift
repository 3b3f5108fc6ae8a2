// Credentials and settings: write-only where they are secret.

import Emulator
import Model

/// Answers at `/synchronization/secrets`.
///
/// Follows "Add synchronization
/// secrets"; the read side is undocumented, and clients depend on it.
enum SecretHandlers {
    static func list(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let query = try ContainedQuery(call, "synchronizationSecretKeyStringValuePair")
        return try query.collection(try masked(root, call), root.context + "/secrets")
    }

    static func count(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        return try ContainedQuery.count(
            try masked(root, call), "synchronizationSecretKeyStringValuePair", call)
    }

    static func save(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        _ = try call.tenant.servicePrincipal(root.key)
        guard let body = try call.jsonBody().object else {
            throw GraphError.body(BodyError(reason: .notAnObject, path: ""))
        }
        for name in body.names where name != "value" && !name.contains("@") && !call.isLenient {
            throw GraphError.body(
                BodyError(reason: .unknownProperty(type: "synchronization"), path: name))
        }
        guard let pairs = body["value"]?.array else {
            throw GraphError.missingProperty(
                "value", of: "Collection(synchronizationSecretKeyStringValuePair)")
        }
        try call.tenant.saveSecrets(try secrets(pairs, in: "value", call), of: root.key)
        return .noContent
    }

    /// The pairs of a body's member, checked.
    static func secrets(
        _ pairs: [JSONValue], in member: String, _ call: GraphCall
    ) throws -> [SynchronizationSecret] {
        let types = call.tenant.gallery.types
        let normalizer = BodyNormalizer(catalog: types, dropsUnknownMembers: call.isLenient)
        let keys = types.enumeration("synchronizationSecret")
        return try pairs.enumerated().map { index, pair in
            // The service looks keys up by itself, with an answer of its own.
            if let key = pair.object?["key"]?.string, keys?.contains(key) != true {
                throw GraphError.unknownSecretKey(key)
            }
            do throws(BodyError) {
                let checked = try normalizer.normalize(
                    pair, as: "synchronizationSecretKeyStringValuePair")
                guard pair.object?["key"] != nil, let key = checked["key"]?.string else {
                    throw BodyError(
                        reason: .nullNotAllowed(
                            expected: "microsoft.graph.synchronizationSecret"), path: "key")
                }
                return SynchronizationSecret(key: key, value: checked["value"]?.string ?? "")
            } catch {
                throw BodyError(reason: error.reason, path: "\(member)[\(index)].\(error.path)")
            }
        }
    }

    /// The secrets as they may be read.
    static func masked(_ root: SynchronizationRoot, _ call: GraphCall) throws -> [JSONObject] {
        try call.tenant.secrets(of: root.key).map { $0.withBaseURL(call.baseURL).maskedJSON }
    }
}
