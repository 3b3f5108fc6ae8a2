// Named copies of a tenant.

import Emulator
import Model

/// `GET/PUT/DELETE /_emulator/snapshots[/{name}]`, `POST /_emulator/snapshots/{name}/restore`.
enum SnapshotActions {
    @Sendable static func list(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        .answer(["value": .array(try call.tenant.snapshots().map(json))])
    }

    @Sendable static func get(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        .answer(json(try call.tenant.snapshot(call.parameters["name"] ?? "")))
    }

    @Sendable static func put(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        _ = try call.body(known: [])
        let name = call.parameters["name"] ?? ""
        let tenant = call.tenant
        return .work { json(try tenant.takeSnapshot(name)) }
    }

    @Sendable static func delete(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        try call.tenant.removeSnapshot(call.parameters["name"] ?? "")
        return .nothing
    }

    @Sendable static func restore(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        _ = try call.body(known: [])
        let name = call.parameters["name"] ?? ""
        let tenant = call.tenant
        return .work {
            try tenant.restore(name)
            return GetClock.json(tenant)
        }
    }

    private static func json(_ snapshot: SnapshotFacts) -> JSONValue {
        [
            "name": .string(snapshot.name), "time": .optional(snapshot.time?.description),
            "bytes": .integer(snapshot.bytes),
        ]
    }
}
