// The record in the service's JSON, written straight to bytes: cycles write one for each object.

public import Model

/// Writes the records of one mapping in one cycle; what is alike in all of them is written once.
///
/// A class, because all records of the mapping refer to it; it never changes.
public final class RecordWriter: Sendable {
    private let surroundings: RecordSurroundings
    private let rule: ObjectRule
    private let common: [UInt8]
    private let systems: [UInt8]
    private let activity: String

    /// The constant that live records carry as the target's application.
    private static let application = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"

    /// Makes ready to write.
    public init(_ surroundings: RecordSurroundings, _ rule: ObjectRule) {
        self.surroundings = surroundings
        self.rule = rule
        activity = surroundings.activity.withoutZone + "Z"
        let head: JSONValue = [
            "tenantId": .string(surroundings.tenant.description),
            "jobId": .string(surroundings.jobID),
            "cycleId": .string(surroundings.cycle.description),
        ]
        common = Array(head.bytes.dropFirst().dropLast())
        let systems: JSONValue = [
            // Differs from Entra: a change takes no virtual time, so its duration is 0.
            "durationInMilliseconds": 0,
            "servicePrincipal": [
                "id": .string(surroundings.servicePrincipal.description),
                "displayName": .string(surroundings.servicePrincipalName),
            ],
            "sourceSystem": [
                "id": .string(rule.sourceDirectoryID),
                "displayName": .string(rule.sourceDirectory), "details": [:],
            ],
            "targetSystem": [
                "id": .string(rule.targetDirectoryID),
                "displayName": .string(rule.targetDirectory),
                "details": [
                    "ApplicationId": .string(RecordWriter.application),
                    "ServicePrincipalId": .string(surroundings.servicePrincipal.description),
                    "ServicePrincipalDisplayName": .string(surroundings.servicePrincipalName),
                ],
            ],
            "initiatedBy": [
                "id": "", "displayName": "Azure AD Provisioning Service",
                "initiatorType": "system",
            ],
        ]
        self.systems = Array(systems.bytes.dropFirst().dropLast())
    }

    /// Whether it writes the records that a mapping makes at an instant.
    public func writes(_ rule: ObjectRule, at activity: Timestamp) -> Bool {
        surroundings.activity == activity && self.rule.ruleID == rule.ruleID
            && self.rule.sourceType == rule.sourceType && self.rule.targetType == rule.targetType
    }

    /// A record as `provisioningObjectSummary`, in compact JSON and UTF-8.
    public func bytes(of record: ProvisioningRecord, id: GUID, change: GUID) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(6_144)
        member("{\"id\":", id.description, to: &output)
        member(",\"activityDateTime\":", activity, to: &output)
        output.append(UInt8(ascii: ","))
        output.append(contentsOf: common)
        member(",\"changeId\":", change.description, to: &output)
        member(",\"provisioningAction\":", record.action.rawValue, to: &output)
        output.append(UInt8(ascii: ","))
        output.append(contentsOf: systems)
        source(record, to: &output)
        member(",\"targetIdentity\":{\"id\":", record.targetAnchor, to: &output)
        member(",\"displayName\":\"\",\"identityType\":", record.targetType, to: &output)
        member(
            ",\"details\":{}},\"provisioningStatusInfo\":{\"status\":", record.status.rawValue,
            to: &output)
        append(",\"errorInformation\":", to: &output)
        record.errorInformation.write(to: &output)
        append("},\"provisioningSteps\":[", to: &output)
        let properties = record.modifiedProperties
        let steps = record.worded(rule, properties)
        for index in steps.indices {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            step(steps[index], to: &output)
        }
        append("],\"modifiedProperties\":[", to: &output)
        for index in properties.indices {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            property(properties[index], to: &output)
        }
        append("]}", to: &output)
        return output
    }

    private func append(_ text: StaticString, to output: inout [UInt8]) {
        output.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private func member(_ head: StaticString, _ value: String, to output: inout [UInt8]) {
        append(head, to: &output)
        JSONValue.write(value, to: &output)
    }

    private func source(_ record: ProvisioningRecord, to output: inout [UInt8]) {
        member(",\"sourceIdentity\":{\"id\":", record.sourceAnchor, to: &output)
        member(",\"displayName\":", record.displayName, to: &output)
        member(",\"identityType\":", record.sourceType, to: &output)
        member(",\"details\":{\"id\":", record.sourceAnchor, to: &output)
        member(",\"odatatype\":", record.sourceType, to: &output)
        member(",\"DisplayName\":", record.displayName, to: &output)
        if let name = record.principalName {
            member(",\"UserPrincipalName\":", name, to: &output)
        }
        append("}}", to: &output)
    }

    private func step(_ step: ProvisioningRecord.WordedStep, to output: inout [UInt8]) {
        member("{\"name\":", step.event.name, to: &output)
        member(",\"provisioningStepType\":", step.event.type.rawValue, to: &output)
        member(",\"status\":", step.event.status.rawValue, to: &output)
        member(",\"description\":", step.description, to: &output)
        append(",\"details\":{", to: &output)
        details(step.details, to: &output)
        append("}}", to: &output)
    }

    /// The details by name; values of one name, such as several members, are one text.
    private func details(_ details: ProvisioningEvent.Details, to output: inout [UInt8]) {
        let hasRepeats = RecordWriter.mayRepeat(details)
        for index in details.indices {
            let name = details[index].name
            var value = details[index].value
            if hasRepeats {
                guard !details[..<index].contains(where: { $0.name == name }) else { continue }
                for other in details[(index + 1)...] where other.name == name {
                    value += "," + other.value
                }
            }
            if index > 0 { output.append(UInt8(ascii: ",")) }
            JSONValue.write(name, to: &output)
            output.append(UInt8(ascii: ":"))
            JSONValue.write(value, to: &output)
        }
    }

    /// Whether a name may be there twice: none is when all differ in what is quick to look at.
    private static func mayRepeat(_ details: ProvisioningEvent.Details) -> Bool {
        var seen: UInt64 = 0
        for index in details.indices {
            let utf8 = details[index].name.utf8
            let first = utf8.first ?? 0
            let mark = UInt64(1) << UInt64((utf8.count &* 31 &+ Int(first)) & 63)
            guard seen & mark != 0 else {
                seen |= mark
                continue
            }
            guard !details[..<index].contains(where: { $0.name == details[index].name }) else {
                return true
            }
        }
        return false
    }

    private func property(
        _ property: ProvisioningRecord.ModifiedProperty, to output: inout [UInt8]
    ) {
        member("{\"displayName\":", property.displayName, to: &output)
        append(",\"oldValue\":", to: &output)
        optional(property.oldValue, to: &output)
        append(",\"newValue\":", to: &output)
        optional(property.newValue, to: &output)
        output.append(UInt8(ascii: "}"))
    }

    private func optional(_ text: String?, to output: inout [UInt8]) {
        guard let text else { return append("null", to: &output) }
        JSONValue.write(text, to: &output)
    }
}

extension ProvisioningRecord {
    fileprivate var errorInformation: JSONValue {
        guard let error else { return .null }
        return [
            "errorCode": .string(error.code), "reason": .string(error.reason),
            "additionalDetails": .null,
            "errorCategory": .string(error.isServiceFailure ? "failure" : "nonServiceFailure"),
            "recommendedAction": .optional(error.recommendedAction),
        ]
    }
}
