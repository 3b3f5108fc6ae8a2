// A tenant as a whole: back to its seed, more of it, all of it.

import Emulator
import Model

/// `POST /_emulator/reset`, `POST /_emulator/seed`, `GET /_emulator/export`.
enum TenantActions {
    @Sendable static func reset(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        _ = try call.body(known: [])
        let tenant = call.tenant
        return .work {
            try tenant.reset()
            return GetClock.json(tenant)
        }
    }

    @Sendable static func seed(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let seed = try Seed(name: "body", document: call.json())
        let tenant = call.tenant
        return .work {
            try tenant.add(seed)
            return ["counts": counts(try tenant.counts())]
        }
    }

    @Sendable static func export(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let query = try call.query(["secrets"])
        guard ["true", "false"].contains(query["secrets"] ?? "false") else {
            throw ControlError.invalidMember("secrets", expected: "true or false")
        }
        let tenant = call.tenant
        let withSecrets = query["secrets"] == "true"
        return .work { .object(try tenant.export(withSecrets: withSecrets)) }
    }

    static func counts(_ counts: TenantCounts) -> JSONValue {
        .object(JSONObject(counts.objects.map { ($0.name, .integer($0.count)) }))
    }
}
