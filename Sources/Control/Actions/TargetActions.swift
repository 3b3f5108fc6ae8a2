// How the built-in target misbehaves.

import Emulator
import Model

/// `GET /_emulator/targets/{servicePrincipalId}`, `PUT /_emulator/targets/{servicePrincipalId}/behaviours`.
enum TargetActions {
    @Sendable static func get(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let owner = try owner(call)
        let counts = try call.tenant.targetCounts(of: owner)
        let known = TargetBehaviour.allCases.map { ($0.rawValue, JSONValue.string($0.summary)) }
        return .answer([
            "users": .integer(counts.users), "groups": .integer(counts.groups),
            "behaviours": names(try call.tenant.targetBehaviours(of: owner)),
            "known": .object(JSONObject(known)),
        ])
    }

    @Sendable static func put(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let owner = try owner(call)
        let list = try call.body(known: ["behaviours"])["behaviours"]?.array ?? []
        let behaviours = try list.map { element in
            guard let behaviour = element.string.flatMap(TargetBehaviour.init(rawValue:)) else {
                let known = TargetBehaviour.allCases.map(\.rawValue)
                throw ControlError.invalidMember(
                    "behaviours", expected: "some of " + known.joined(separator: ", "))
            }
            return behaviour
        }
        try call.tenant.setTargetBehaviours(behaviours, of: owner)
        return .answer(["behaviours": names(try call.tenant.targetBehaviours(of: owner))])
    }

    private static func owner(_ call: ControlFace.Call) throws -> GUID {
        let text = call.parameters["servicePrincipalId"] ?? ""
        guard let id = GUID(parsing: text) else {
            throw ControlError.notFound("The service principal '\(text)'")
        }
        return id
    }

    private static func names(_ behaviours: [TargetBehaviour]) -> JSONValue {
        .array(behaviours.map { .string($0.rawValue) })
    }
}
