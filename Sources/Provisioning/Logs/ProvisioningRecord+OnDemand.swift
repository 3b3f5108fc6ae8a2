// The record as `provisionOnDemand` answers with it: JSON inside of texts, in an older form.

public import Model

/// What provisioning one object on demand came to.
public struct OnDemandAnswer: Sendable {
    /// `key` of the answer: the verdict.
    public let key: String
    /// `value` of the answer: the record.
    public let value: String
}

extension ProvisioningRecord {
    /// The answer of `provisionOnDemand`, of this record and those of the object's references.
    ///
    /// Shape: `{"result":"Skipped","details":{"errorCode","errorMessage"}}` and the record with
    /// capitalised actions, types and states.
    public func onDemand(
        with later: [ProvisioningRecord], change: GUID, began: Timestamp, ended: Timestamp,
        by rule: ObjectRule, in surroundings: RecordSurroundings
    ) -> OnDemandAnswer {
        let context = ProvisioningLogContext(surroundings, rule)
        var joined = self
        var steps = words(rule, context)
        for record in later {
            steps += record.words(rule, context)
            joined.joinOnDemand(record)
        }
        return joined.answer(steps, change: change, began: began, ended: ended, by: rule)
    }

    private func words(
        _ rule: ObjectRule, _ context: ProvisioningLogContext
    ) -> [LoggedRecord.WordedStep] {
        logged(rule).words(
            in: context, source: sourceAnchor, target: targetAnchor,
            properties: modifiedProperties)
    }

    private mutating func joinOnDemand(_ later: ProvisioningRecord) {
        let properties = later.modifiedProperties
        others += properties
        if status == .skipped, !properties.isEmpty {
            status = later.status
            action = later.action
            skipReason = nil
        }
        error = error ?? later.error
    }

    private func answer(
        _ steps: [LoggedRecord.WordedStep], change: GUID, began: Timestamp, ended: Timestamp,
        by rule: ObjectRule
    ) -> OnDemandAnswer {
        var details = JSONObject()
        if let code = error?.code ?? skipReason {
            details = JSONObject([
                ("errorCode", .string(code)), ("errorMessage", .string(errorMessage(steps))),
            ])
        }
        let result =
            switch status {
            case .success, .warning: "Success"
            case .skipped: "Skipped"
            case .failure: "Failure"
            }
        let key = JSONObject([("result", .string(result)), ("details", .object(details))])
        let body = JSONObject([
            ("action", .string(action.rawValue.capitalizedFirst)),
            ("changeId", .string(change.description)),
            ("startTime", .string(began.description)), ("endTime", .string(ended.description)),
            ("modifiedProperties", .array(shownProperties(steps))),
            (
                "provisioningSteps",
                .array(steps.map { .object($0.onDemand(at: ended)) })
            ),
            ("reportableIdentifier", .string(principalName ?? displayName)),
            ("statusInfo", statusInfo(result)),
            ("sourceIdentity", identity(sourceAnchor, sourceType)),
            ("sourceSystem", system(rule.sourceDirectory)),
            ("targetIdentity", identity(targetAnchor, targetType)),
            ("targetSystem", system(rule.targetDirectory)),
        ])
        return OnDemandAnswer(
            key: JSONValue.object(key).text, value: JSONValue.object(body).text)
    }

    private func errorMessage(_ steps: [LoggedRecord.WordedStep]) -> String {
        if let error { return error.reason }
        return skipReason == "RedundantExport"
            ? "The state of the user in both the source and target systems already match."
            : steps.last?.description ?? ""
    }

    /// What was written; of what was skipped, what was imported.
    private func shownProperties(_ steps: [LoggedRecord.WordedStep]) -> [JSONValue] {
        guard status == .skipped else {
            return modifiedProperties.map {
                [
                    "displayName": .string($0.displayName), "oldValue": .optional($0.oldValue),
                    "newValue": .optional($0.newValue),
                ]
            }
        }
        return (steps.first?.details ?? []).map {
            ["displayName": .string($0.name), "oldValue": nil, "newValue": .string($0.value)]
        }
    }

    private func statusInfo(_ result: String) -> JSONValue {
        [
            "status": .string(result), "errorCode": .optional(error?.code),
            "reason": .optional(error?.reason), "additionalDetails": nil,
            "errorCategory": error.map { $0.isServiceFailure ? "Failure" : "NonServiceFailure" }
                ?? nil, "recommendedAction": .optional(error?.recommendedAction),
        ]
    }

    private func identity(_ id: String, _ type: String) -> JSONValue {
        [
            "id": id.isEmpty ? nil : .string(id), "type": .string(type), "displayName": nil,
            "details": nil,
        ]
    }

    private func system(_ name: String) -> JSONValue {
        ["id": nil, "name": .string(name), "details": nil]
    }
}

extension LoggedRecord.WordedStep {
    fileprivate func onDemand(at instant: Timestamp) -> JSONObject {
        JSONObject([
            ("name", .string(event.name)),
            ("type", .string(event.type.rawValue.capitalizedFirst)),
            ("status", .string(event.status.rawValue.capitalizedFirst)),
            ("description", .string(description)), ("timestamp", .string(instant.description)),
            (
                "details",
                details.isEmpty
                    ? .null
                    : .object(JSONObject(details.map { ($0.name, .string($0.value)) }))
            ),
        ])
    }
}

extension String {
    /// The text with its first letter as a capital.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
