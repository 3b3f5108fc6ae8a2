// Liveness.

import Emulator
import Model

/// `GET /_emulator/health`: `{"status":"ok"}` when the tenant's store answers.
enum GetHealth {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        _ = try call.tenant.allJobs()
        return .answer(["status": "ok"])
    }
}
