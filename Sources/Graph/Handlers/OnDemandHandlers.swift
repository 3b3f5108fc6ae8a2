// One object on demand, and the links between objects.

import Emulator
import HTTP
import Model
import Provisioning

/// Answers at `provisionOnDemand` and `objectConnections`.
///
/// Follows "synchronizationJob: provisionOnDemand" and "Manage object connections".
enum OnDemandHandlers {
    /// Members of a group that one call provisions.
    private static let members = 5

    /// What captures of 2023 have as key, with a list as value, where the documentation has a result.
    private static let captureKey =
        "Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo"

    /// Answers in the documented shape, or for `Prefer: on-demand=capture` in that of the captures.
    static func provision(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let tenant = call.tenant
        let id = call.parameter(Routes.jobID)
        _ = try tenant.job(id, of: root.key)
        let (subject, rule) = try subject(call)
        let context = call.context("microsoft.graph.stringKeyStringValuePair")
        let key = root.key
        let preference = call.request.value(of: "Prefer")?.lowercased() ?? ""
        let isCapture = preference.contains("on-demand=capture")
        return .later { answer in
            tenant.perform {
                answer(
                    Result {
                        do {
                            let done = try tenant.provisionOnDemand(
                                subject, rule: rule, ofJob: id, of: key)
                            return .json(
                                status: 200,
                                JSONObject([
                                    ("@odata.context", context),
                                    ("key", .string(isCapture ? captureKey : done.key)),
                                    (
                                        "value",
                                        .string(isCapture ? "[\(done.value)]" : done.value)
                                    ),
                                ]))
                        } catch let error as OnDemandError { throw GraphError(error) }
                    })
            }
        }
    }

    /// The one object that a body names, and the rule.
    private static func subject(_ call: GraphCall) throws -> (OnDemandSubject, String) {
        guard let body = try call.jsonBody().object else {
            throw GraphError.body(BodyError(reason: .notAnObject, path: ""))
        }
        for name in body.names where name != "parameters" && !name.contains("@") {
            guard call.isLenient else {
                throw GraphError.body(
                    BodyError(
                        reason: .unknownProperty(type: "provisionOnDemand"), path: name))
            }
        }
        guard let parameters = body["parameters"]?.array, let first = parameters.first else {
            throw GraphError.missingProperty("parameters", of: "provisionOnDemand")
        }
        let normalizer = BodyNormalizer(
            catalog: call.tenant.gallery.types, dropsUnknownMembers: call.isLenient)
        let checked: JSONObject
        do throws(BodyError) {
            checked = try normalizer.normalize(
                first, as: "synchronizationJobApplicationParameters")
        } catch { throw GraphError.body(error) }
        let subjects = checked["subjects"]?.array ?? []
        guard parameters.count == 1, subjects.count == 1, let subject = subjects[0].object,
            let id = subject["objectId"]?.string, let type = subject["objectTypeName"]?.string
        else { throw GraphError.oneSubject }
        let linked = subject["links"]?.object?["members"]?.array ?? []
        guard linked.count <= members else { throw GraphError.tooManyMembers(members) }
        return (
            OnDemandSubject(
                id: id, type: type,
                members: linked.compactMap { $0.object?["objectId"]?.string }),
            checked["ruleId"]?.string ?? ""
        )
    }

    static func connection(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        let job = call.parameter(Routes.jobID)
        let anchor = call.parameter(Routes.connectionID)
        guard let row = try call.tenant.objectConnection(anchor, ofJob: job, of: root.key) else {
            throw GraphError.connectionNotFound(anchor)
        }
        return .json(
            status: 200,
            JSONObject([
                (
                    "@odata.context",
                    call.context(root.context + "/jobs('\(job)')/objectConnections/$entity")
                ),
                ("objectId", .string(anchor)), ("sourceAnchor", .string(row.sourceAnchor)),
                ("targetAnchor", .string(row.targetAnchor)),
                ("displayName", .string(row.displayName)),
                ("objectTypeName", .string(row.objectType)),
            ]))
    }

    static func deleteConnection(_ call: GraphCall) throws -> GraphAnswer {
        let root = try SynchronizationRoot(call)
        try call.tenant.deleteObjectConnection(
            call.parameter(Routes.connectionID), ofJob: call.parameter(Routes.jobID),
            of: root.key)
        return .noContent
    }

    static func connections(_ call: GraphCall) throws -> GraphAnswer {
        throw GraphError.connectionsNotListed
    }
}

extension GraphError {
    /// The refusals of `provisionOnDemand`.
    ///
    /// Unverified: statuses and bodies, but for that of an unknown rule.
    init(_ error: OnDemandError) {
        switch error {
        case .ruleNotFound(let job, let rule):
            self.init(
                400, "RequestParameterInvalid",
                "The request identified this synchronization job: \(job).  The request also "
                    + "identified this synchronization rule: \(rule).  However, the job does not "
                    + "include the rule.")
        case .subjectNotFound(let id):
            self.init(
                400, "RequestParameterInvalid",
                "The source system has no object '\(id)' of the given type.")
        case .credentialsMissing:
            self.init(
                400, "CredentialsMissing",
                "Please configure provisioning credentials before provisioning on demand.")
        case .target(let failure):
            self.init(400, failure.code, failure.message)
        }
    }

    static let oneSubject = GraphError(
        400, "RequestParameterInvalid",
        "Exactly one rule with one subject is provisioned on demand; 'subjects' needs 'objectId' "
            + "and 'objectTypeName'.")

    static func tooManyMembers(_ limit: Int) -> GraphError {
        GraphError(
            400, "RequestParameterInvalid",
            "At most \(limit) members of a group are provisioned on demand; see 'links.members'.")
    }

    static func connectionNotFound(_ id: String) -> GraphError {
        GraphError(404, "ResourceNotFound", "The job has no object connection of '\(id)'.")
    }

    static let connectionsNotListed = GraphError(
        400, "BadRequest", "Object connections are read one by one: objectConnections('<id>').")
}
