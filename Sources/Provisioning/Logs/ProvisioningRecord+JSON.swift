// The record in the service's JSON, with everything that is alike for a whole cycle.

public import Model

/// What the records of a cycle have in common.
public struct RecordSurroundings: Sendable {
    /// The tenant.
    public var tenant: GUID
    /// The job.
    public var jobID: String
    /// The application that the job belongs to.
    public var servicePrincipal: GUID
    /// The application's name.
    public var servicePrincipalName: String
    /// The run (`activityIdentifier` of the execution).
    public var cycle: GUID
    /// When the object was processed.
    public var activity: Timestamp

    /// Makes the surroundings of a cycle's records.
    public init(
        tenant: GUID, jobID: String, servicePrincipal: GUID, servicePrincipalName: String,
        cycle: GUID, activity: Timestamp
    ) {
        self.tenant = tenant
        self.jobID = jobID
        self.servicePrincipal = servicePrincipal
        self.servicePrincipalName = servicePrincipalName
        self.cycle = cycle
        self.activity = activity
    }
}

extension ProvisioningRecord {
    /// The constant that live records carry as the target's application.
    private static let application = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"

    /// The record as `provisioningObjectSummary`.
    public func json(
        id: GUID, change: GUID, in surroundings: RecordSurroundings, by rule: ObjectRule
    ) -> JSONObject {
        JSONObject([
            ("id", .string(id.description)),
            ("activityDateTime", .string(surroundings.activity.withoutZone + "Z")),
            ("tenantId", .string(surroundings.tenant.description)),
            ("jobId", .string(surroundings.jobID)),
            ("cycleId", .string(surroundings.cycle.description)),
            ("changeId", .string(change.description)),
            ("provisioningAction", .string(action.rawValue)),
            // Differs from Entra: a change takes no virtual time, so its duration is 0.
            ("durationInMilliseconds", 0),
            (
                "servicePrincipal",
                [
                    "id": .string(surroundings.servicePrincipal.description),
                    "displayName": .string(surroundings.servicePrincipalName),
                ]
            ),
            (
                "sourceSystem",
                [
                    "id": .string(rule.sourceDirectoryID),
                    "displayName": .string(rule.sourceDirectory), "details": [:],
                ]
            ),
            ("targetSystem", targetSystem(surroundings, rule)),
            (
                "initiatedBy",
                [
                    "id": "", "displayName": "Azure AD Provisioning Service",
                    "initiatorType": "system",
                ]
            ),
            ("sourceIdentity", sourceIdentity),
            (
                "targetIdentity",
                [
                    "id": .string(targetAnchor), "displayName": "",
                    "identityType": .string(targetType), "details": [:],
                ]
            ),
            (
                "provisioningStatusInfo",
                ["status": .string(status.rawValue), "errorInformation": errorInformation]
            ),
            ("provisioningSteps", .array(steps.map { .object($0.json) })),
            ("modifiedProperties", .array(modifiedProperties.map { .object($0.json) })),
        ])
    }

    private func targetSystem(
        _ surroundings: RecordSurroundings, _ rule: ObjectRule
    ) -> JSONValue {
        [
            "id": .string(rule.targetDirectoryID), "displayName": .string(rule.targetDirectory),
            "details": [
                "ApplicationId": .string(ProvisioningRecord.application),
                "ServicePrincipalId": .string(surroundings.servicePrincipal.description),
                "ServicePrincipalDisplayName": .string(surroundings.servicePrincipalName),
            ],
        ]
    }

    private var sourceIdentity: JSONValue {
        var details = JSONObject([
            ("id", .string(sourceAnchor)), ("odatatype", .string(sourceType)),
            ("DisplayName", .string(displayName)),
        ])
        if let principalName { details["UserPrincipalName"] = .string(principalName) }
        return [
            "id": .string(sourceAnchor), "displayName": .string(displayName),
            "identityType": .string(sourceType), "details": .object(details),
        ]
    }

    private var errorInformation: JSONValue {
        guard let error else { return .null }
        return [
            "errorCode": .string(error.code), "reason": .string(error.reason),
            "additionalDetails": .null,
            "errorCategory": .string(error.isServiceFailure ? "failure" : "nonServiceFailure"),
            "recommendedAction": .optional(error.recommendedAction),
        ]
    }
}

extension ProvisioningRecord.Step {
    fileprivate var json: JSONObject {
        JSONObject([
            ("name", .string(name)), ("provisioningStepType", .string(kind.rawValue)),
            ("status", .string(status.rawValue)), ("description", .string(description)),
            ("details", .object(detailMembers)),
        ])
    }

    /// The details by name; values of one name, such as several members, are one text.
    private var detailMembers: JSONObject {
        var members = JSONObject()
        for detail in details {
            let earlier = members[detail.name]?.string.map { $0 + "," } ?? ""
            members[detail.name] = .string(earlier + detail.value)
        }
        return members
    }
}

extension ProvisioningRecord.ModifiedProperty {
    fileprivate var json: JSONObject {
        JSONObject([
            ("displayName", .string(displayName)), ("oldValue", .optional(oldValue)),
            ("newValue", .optional(newValue)),
        ])
    }
}
