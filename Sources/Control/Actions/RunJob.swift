// One cycle, now.

import Emulator
import Model

/// `POST /_emulator/jobs/{jobId}/run`: runs one cycle whatever the schedule says, and answers with its
/// record.
enum RunJob {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let id = call.parameters["jobId"] ?? ""
        let tenant = call.tenant
        _ = try call.body(known: [])
        return .work { SetClock.json(try tenant.runCycle(ofJob: id)) }
    }
}
