// What a scenario can see after a step.

import Foundation
import Model

/// Calls to the target, records of the log and the job, in the short form that scenarios are told in.
enum Observation {
    /// A call: its line alone, or with its body and an answer that is not the usual one.
    static func request(_ entry: JSONValue, below base: String) -> JSONValue {
        guard let members = entry.object else { return .null }
        var line = (members["path"]?.string ?? "").replacingOccurrences(of: base, with: "")
        if let query = members["query"]?.string {
            let spaced = query.replacingOccurrences(of: "+", with: " ")
            line += "?" + (spaced.removingPercentEncoding ?? spaced)
        }
        line = (members["method"]?.string ?? "") + " " + line
        let body = members["request"]?.object?["body"] ?? .null
        let status = members["status"]?.integer
        let isUsual = status.map { (200...299).contains($0) } ?? false
        guard !isUsual || !body.isNull else { return .string(line) }
        var call = JSONObject([("request", .string(line))])
        if !isUsual { call["status"] = status.map(JSONValue.integer) ?? "none" }
        if !body.isNull { call["body"] = body }
        return .object(call)
    }

    /// A record: whose, what, how it ended, its steps and what was written.
    static func record(_ body: JSONObject) -> JSONValue {
        let status = body["provisioningStatusInfo"]?.object
        let steps = body["provisioningSteps"]?.array ?? []
        var short = JSONObject([
            ("object", body["sourceIdentity"]?.object?["id"] ?? .null),
            ("action", body["provisioningAction"] ?? .null),
            ("status", status?["status"] ?? .null),
            ("steps", .array(steps.map { $0.object?["name"] ?? .null })),
        ])
        let details = steps.compactMap { $0.object?["details"]?.object }
        if let reason = details.compactMap({ $0["SkipReason"] }).first {
            short["skipReason"] = reason
        }
        if let name = details.compactMap({ $0["PropertyName"] }).first {
            short["propertyName"] = name
        }
        if let code = status?["errorInformation"]?.object?["errorCode"] { short["error"] = code }
        let modified = body["modifiedProperties"]?.array ?? []
        if !modified.isEmpty {
            short["modified"] = .array(
                modified.map { property in
                    let members = property.object
                    return [
                        members?["displayName"] ?? .null, members?["oldValue"] ?? .null,
                        members?["newValue"] ?? .null,
                    ]
                })
        }
        return .object(short)
    }

    /// What a record says in words: of each step its name, type, status, sentence and details.
    static func texts(_ body: JSONObject) -> JSONValue {
        let steps = (body["provisioningSteps"]?.array ?? []).compactMap(\.object)
        return [
            "object": body["sourceIdentity"]?.object?["id"] ?? .null,
            "steps": .array(
                steps.map { step in
                    let head = ["name", "provisioningStepType", "status"].compactMap {
                        step[$0]?.string
                    }
                    return [
                        "step": .string(head.joined(separator: " ")),
                        "says": step["description"] ?? .null, "details": step["details"] ?? .null,
                    ]
                }),
        ]
    }

    /// A job: its state, the last run without what differs each time, its quarantine.
    static func job(_ json: JSONValue) -> JSONValue {
        let status = json.object?["status"]?.object ?? JSONObject()
        var short = JSONObject([
            ("schedule", json.object?["schedule"]?.object?["state"] ?? .null),
            ("code", status["code"] ?? .null),
        ])
        if let last = status["lastExecution"]?.object {
            short["lastExecution"] = .object(execution(last))
        }
        if let last = status["lastSuccessfulExecutionWithExports"]?.object {
            short["lastWithExports"] = last["timeBegan"]
        }
        if let quarantine = status["quarantine"]?.object {
            var members = quarantine
            members["error"] = quarantine["error"]?.object?["code"]
            short["quarantine"] = .object(members)
            short["countSuccessiveCompleteFailures"] = status["countSuccessiveCompleteFailures"]
        }
        if status["escrowsPruned"] == true { short["escrowsPruned"] = true }
        let counts = (status["synchronizedEntryCountByType"]?.array ?? []).compactMap(\.object)
        short["synchronized"] = .object(
            JSONObject(counts.map { ($0["key"]?.string ?? "", $0["value"] ?? .null) }))
        short["steadyStateFirstAchievedTime"] = status["steadyStateFirstAchievedTime"]
        short["steadyStateLastAchievedTime"] = status["steadyStateLastAchievedTime"]
        return .object(short)
    }

    /// A run: state, error, and every counter that is not 0.
    private static func execution(_ last: JSONObject) -> JSONObject {
        var short = JSONObject([
            ("state", last["state"] ?? .null), ("timeBegan", last["timeBegan"] ?? .null),
        ])
        for member in last.members where member.name.hasPrefix("count") && member.value != 0 {
            short[member.name] = member.value
        }
        if let error = last["error"]?.object { short["error"] = error["code"] }
        return short
    }
}
