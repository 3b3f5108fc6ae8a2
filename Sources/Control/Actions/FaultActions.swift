// Fault rules: list, add, remove.

import Emulator
import Model

/// `GET/POST/DELETE /_emulator/faults[/{id}]`.
enum FaultActions {
    @Sendable static func list(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let presets = FaultPreset.allCases.map { ($0.rawValue, JSONValue.string($0.summary)) }
        return .answer([
            "value": .array(call.tenant.faultRules.map(json)),
            "presets": .object(JSONObject(presets)),
        ])
    }

    @Sendable static func get(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let id = call.parameters["id"] ?? ""
        guard let found = call.tenant.faultRules.first(where: { $0.rule.id == id }) else {
            throw ToolError.faultNotFound(id)
        }
        return .answer(json(found))
    }

    @Sendable static func add(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let body = try call.json()
        // A rule may name its tenant, which then gets it.
        let named = body.object?["match"]?.object?["tenant"]?.string
        let tenant =
            try named.flatMap { GUID(parsing: $0) }.map(call.information.tenants.tenant)
            ?? call.tenant
        return .answered(201, json(try tenant.addFault(body)))
    }

    @Sendable static func remove(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        try call.tenant.removeFault(call.parameters["id"])
        return .nothing
    }

    private static func json(_ counted: CountedFaultRule) -> JSONValue {
        guard var members = counted.rule.json.object else { return .null }
        members["hits"] = .integer(counted.hits)
        return .object(members)
    }
}
