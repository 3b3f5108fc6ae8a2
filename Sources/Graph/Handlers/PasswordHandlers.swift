// Client secrets of applications and service principals.

import Emulator
import HTTP
import Model

/// Answers at `…/addPassword` and `…/removePassword`.
///
/// Follows "application: addPassword" and "application: removePassword".
enum PasswordHandlers {
    /// A handler that makes a secret and tells it this once.
    static func add(_ kind: DirectoryKind) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let key = try call.key(of: kind)
            _ = try call.tenant.directoryObject(kind, key)
            let body =
                call.request.body.isEmpty
                ? JSONObject()
                : try call.parameters(["passwordCredential": .object], of: "addPassword")
            let request = body["passwordCredential"]?.object ?? JSONObject()
            var json = try call.tenant.addPassword(request, to: kind, key)
            json.prepend("@odata.context", call.context("microsoft.graph.passwordCredential"))
            return .json(status: 200, json)
        }
    }

    /// A handler that forgets the secret of `{"keyId": "…"}`.
    static func remove(_ kind: DirectoryKind) -> @Sendable (GraphCall) throws -> GraphAnswer {
        { call in
            let key = try call.key(of: kind)
            _ = try call.tenant.directoryObject(kind, key)
            let body = try call.parameters(["keyId": .text], of: "removePassword")
            guard let text = body["keyId"]?.string else {
                throw GraphError.missingProperty("keyId", of: "passwordCredential")
            }
            guard let keyID = GUID(parsing: text) else { throw GraphError.invalidID(text) }
            try call.tenant.removePassword(keyID, of: kind, key)
            return .noContent
        }
    }
}
