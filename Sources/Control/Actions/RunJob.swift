// One cycle, now.

import Emulator
import Model

/// `POST /_emulator/jobs/{jobId}/run`: runs one cycle whatever the schedule says, and answers with its
/// record; `{"plan":true}` answers with what it would do, and changes nothing.
enum RunJob {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let id = call.parameters["jobId"] ?? ""
        let tenant = call.tenant
        let body = try call.body(known: ["plan"])
        if body["plan"]?.bool == true {
            return .work { .object(try tenant.planCycle(ofJob: id)) }
        }
        return .work { SetClock.json(try tenant.runCycle(ofJob: id)) }
    }
}
