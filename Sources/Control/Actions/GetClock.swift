// What time it is in the tenant.

import Emulator
import Model
import VirtualTime

/// `GET /_emulator/clock`: `{"mode":"manual","now":"…"}`.
enum GetClock {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        .answer(json(call.tenant))
    }

    static func json(_ tenant: Tenant) -> JSONValue {
        let clock = tenant.clock
        return [
            "mode": .string(clock.mode.description),
            "now": .string(clock.now(real: RealTime.now()).description),
        ]
    }
}
