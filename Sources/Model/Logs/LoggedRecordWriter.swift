// The record in the service's JSON, written straight to bytes.

/// Writes whole records of one context; what is alike in all of them is made once.
public struct LoggedRecordWriter: Sendable {
    private let context: ProvisioningLogContext
    private let tenant: [UInt8]
    private let systems: [UInt8]

    /// The constant that live records carry as the target's application.
    private static let application = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"

    /// Makes ready to write.
    public init(_ context: ProvisioningLogContext) {
        self.context = context
        tenant = JSONValue.string(context.tenant).bytes
        let systems: JSONValue = [
            // Differs from Entra: a change takes no virtual time, so its duration is 0.
            "durationInMilliseconds": 0,
            "servicePrincipal": [
                "id": .string(context.servicePrincipal),
                "displayName": .string(context.servicePrincipalName),
            ],
            "sourceSystem": [
                "id": .string(context.source.id), "displayName": .string(context.source.name),
                "details": [:],
            ],
            "targetSystem": [
                "id": .string(context.target.id), "displayName": .string(context.target.name),
                "details": [
                    "ApplicationId": .string(LoggedRecordWriter.application),
                    "ServicePrincipalId": .string(context.servicePrincipal),
                    "ServicePrincipalDisplayName": .string(context.servicePrincipalName),
                ],
            ],
            "initiatedBy": [
                "id": "", "displayName": "Azure AD Provisioning Service",
                "initiatorType": "system",
            ],
        ]
        self.systems = Array(systems.bytes.dropFirst().dropLast())
    }

    /// A row's record as `provisioningObjectSummary`, in compact JSON and UTF-8; nil when the row's body is
    /// none of this context.
    public func bytes(of row: ProvisioningLogRow) -> [UInt8]? {
        let text = String(decoding: row.body, as: UTF8.self)
        guard let record = LoggedRecord(parsing: text, in: context) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(6_144)
        member("{\"id\":", row.id, to: &output)
        member(",\"activityDateTime\":", row.activity.withoutZone + "Z", to: &output)
        output.append(",\"tenantId\":")
        output.append(contentsOf: tenant)
        member(",\"jobId\":", row.job, to: &output)
        member(",\"cycleId\":", row.cycle, to: &output)
        member(",\"changeId\":", row.change, to: &output)
        member(",\"provisioningAction\":", row.action, to: &output)
        output.append(",")
        output.append(contentsOf: systems)
        source(record, row.source, to: &output)
        member(",\"targetIdentity\":{\"id\":", row.target, to: &output)
        member(",\"displayName\":\"\",\"identityType\":", record.targetType, to: &output)
        member(
            ",\"details\":{}},\"provisioningStatusInfo\":{\"status\":", row.status, to: &output)
        output.append(",\"errorInformation\":")
        (record.error?.json ?? .null).write(to: &output)
        let properties = record.modifiedProperties(in: context)
        let steps = record.words(
            in: context, source: row.source, target: row.target, properties: properties)
        output.append("},\"provisioningSteps\":[")
        for index in steps.indices {
            if index > 0 { output.append(",") }
            step(steps[index], to: &output)
        }
        output.append("],\"modifiedProperties\":[")
        for index in properties.indices {
            if index > 0 { output.append(",") }
            property(properties[index], to: &output)
        }
        output.append("]}")
        return output
    }

    private func member(_ head: StaticString, _ value: String, to output: inout [UInt8]) {
        output.append(head)
        JSONValue.write(value, to: &output)
    }

    private func source(_ record: LoggedRecord, _ id: String, to output: inout [UInt8]) {
        member(",\"sourceIdentity\":{\"id\":", id, to: &output)
        member(",\"displayName\":", record.displayName, to: &output)
        member(",\"identityType\":", record.sourceType, to: &output)
        member(",\"details\":{\"id\":", id, to: &output)
        member(",\"odatatype\":", record.sourceType, to: &output)
        member(",\"DisplayName\":", record.displayName, to: &output)
        if let name = record.principalName {
            member(",\"UserPrincipalName\":", name, to: &output)
        }
        output.append("}}")
    }

    private func step(_ step: LoggedRecord.WordedStep, to output: inout [UInt8]) {
        member("{\"name\":", step.event.name, to: &output)
        member(",\"provisioningStepType\":", step.event.type.rawValue, to: &output)
        member(",\"status\":", step.event.status.rawValue, to: &output)
        member(",\"description\":", step.description, to: &output)
        output.append(",\"details\":{")
        details(step.details, to: &output)
        output.append("}}")
    }

    /// The details by name; values of one name, such as several members, are one text.
    private func details(_ details: ProvisioningEvent.Details, to output: inout [UInt8]) {
        var joined: ProvisioningEvent.Details = []
        var places: [String: Int] = [:]
        for detail in details {
            if let place = places[detail.name] {
                joined[place].value += "," + detail.value
            } else {
                places[detail.name] = joined.count
                joined.append(detail)
            }
        }
        for index in joined.indices {
            if index > 0 { output.append(",") }
            JSONValue.write(joined[index].name, to: &output)
            output.append(":")
            JSONValue.write(joined[index].value, to: &output)
        }
    }

    private func property(
        _ property: LoggedRecord.ModifiedProperty, to output: inout [UInt8]
    ) {
        member("{\"displayName\":", property.displayName, to: &output)
        output.append(",\"oldValue\":")
        output.append(optional: property.oldValue)
        output.append(",\"newValue\":")
        output.append(optional: property.newValue)
        output.append("}")
    }
}

extension LoggedRecord.ErrorInformation {
    fileprivate var json: JSONValue {
        [
            "errorCode": .string(code), "reason": .string(reason), "additionalDetails": .null,
            "errorCategory": .string(isServiceFailure ? "failure" : "nonServiceFailure"),
            "recommendedAction": .optional(recommendedAction),
        ]
    }
}
