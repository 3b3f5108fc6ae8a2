// Credentials put to the test: the target is called, so the answer comes later.

import Dispatch
import Emulator
import Model
import Provisioning

/// Answers at `validateCredentials`, `acquireAccessToken` and `discover`.
///
/// Follows "synchronizationJob: validateCredentials", "synchronization: acquireAccessToken" and
/// "directoryDefinition: discover".
enum CredentialHandlers {
    private static let pairType = "Collection(synchronizationSecretKeyStringValuePair)"

    static func validate(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let tenant = call.tenant
        _ = try tenant.servicePrincipal(root.key)
        let body = try call.parameters(
            [
                "applicationIdentifier": .text, "templateId": .text, "useSavedCredentials": .any,
                "credentials": .list,
            ], of: "validateCredentials")
        let jobID = call.parameters[Routes.jobID]
        let templateID = body["templateId"]?.string
        let schema: SynchronizationSchema
        if let jobID {
            schema = try tenant.schema(ofJob: jobID, of: root.key)
        } else {
            guard let templateID else { throw GraphError.missingParameter("templateId") }
            // Clients name templates here that the application is not offered: `Azure2Azure`.
            let known = try? tenant.gallery.schema(of: templateID)
            schema = known ?? SynchronizationSchema(normalized: JSONObject())
        }
        let secrets: [SynchronizationSecret]
        if try flag("useSavedCredentials", of: body) {
            secrets = try tenant.secrets(of: root.key)
        } else {
            guard let pairs = body["credentials"]?.array else {
                throw GraphError.missingParameter("credentials")
            }
            secrets = try SecretHandlers.secrets(pairs, in: "credentials", call)
            try refuseMixture(secrets)
        }
        return later {
            try tenant.checkCredentials(secrets, job: jobID, schema: schema)
            return .noContent
        }
    }

    static func acquireToken(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let tenant = call.tenant
        _ = try tenant.servicePrincipal(root.key)
        let body = try call.parameters(["credentials": .list], of: "acquireAccessToken")
        guard let pairs = body["credentials"]?.array else {
            throw GraphError.missingParameter("credentials")
        }
        let secrets = try SecretHandlers.secrets(pairs, in: "credentials", call)
        return later {
            try tenant.acquireToken(with: secrets, of: root.key)
            return .noContent
        }
    }

    /// Differs from Entra: what is discovered for a template is told and not kept.
    static func discover(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let tenant = call.tenant
        let jobID = call.parameters[Routes.jobID]
        let schema: SynchronizationSchema
        let owner: String
        if let jobID {
            schema = try tenant.schema(ofJob: jobID, of: root.key)
            owner = "/jobs('\(jobID)')"
        } else {
            let template = try tenant.template(call.parameter(Routes.templateID), of: root.key)
            schema = try tenant.gallery.schema(of: template.id)
            owner = "/templates('\(template.id)')"
        }
        let id = call.parameter(Routes.directoryID)
        let context = call.context(root.context + owner + "/schema/directories/$entity")
        return later {
            guard
                var found = try tenant.discover(
                    directory: id, in: schema, job: jobID, of: root.key)
            else { throw GraphError.synchronizationResourceNotFound("directory", id) }
            found.prepend("@odata.context", context)
            return .json(status: 200, found)
        }
    }

    /// Work that waits for a target, off the threads that answer requests.
    private static func later(
        _ work: @escaping @Sendable () throws -> GraphAnswer
    ) -> GraphAnswer {
        .later { answer in
            DispatchQueue.global().async {
                answer(Result { try work() }.mapError { GraphError($0) })
            }
        }
    }

    /// A boolean that clients also send as text; null and nothing are false.
    private static func flag(_ name: String, of body: JSONObject) throws -> Bool {
        let value = body[name] ?? .null
        if value.isNull { return false }
        if let flag = value.bool { return flag }
        switch value.string?.lowercased() {
        case "true": return true
        case "false": return false
        default:
            throw GraphError.body(
                BodyError(
                    reason: .badValue(value: value.text, expected: "Edm.Boolean"), path: name))
        }
    }

    /// Unverified: a token and a client together are the service's internal error.
    private static func refuseMixture(_ secrets: [SynchronizationSecret]) throws {
        let keys = Set(secrets.map(\.key))
        guard keys.contains("SecretToken"),
            !keys.isDisjoint(with: ["Oauth2ClientId", "Oauth2ClientSecret"])
        else { return }
        throw GraphError.mixedCredentials
    }
}
