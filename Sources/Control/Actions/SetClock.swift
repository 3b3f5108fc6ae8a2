// Moving time, and changing how it moves.

import Emulator
import Model
import VirtualTime

/// `POST /_emulator/clock` `{"mode"?, "rate"?, "now"?, "advance"?}`: first the mode, then the instant,
/// then the way; answers, with what ran, after everything due on the way has run.
enum SetClock {
    private struct Order: Sendable {
        var mode: ClockMode?
        var now: Timestamp?
        var advance: ISODuration?
    }

    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let order = try order(call)
        let tenant = call.tenant
        return .work {
            var runs: [CycleRun] = []
            // Refused before anything changes.
            if let now = order.now { try tenant.checkAdvance(to: now) }
            if let advance = order.advance {
                try tenant.checkCycles(until: (order.now ?? tenant.now) + advance)
            }
            if let mode = order.mode { try tenant.changeClock(mode: mode) }
            if let now = order.now { runs += try tenant.advance(to: now) }
            if let advance = order.advance { runs += try tenant.advance(by: advance) }
            guard var answer = GetClock.json(tenant).object else { return .null }
            answer["ran"] = .array(runs.map(json))
            return .object(answer)
        }
    }

    private static func order(_ call: ControlFace.Call) throws(ControlError) -> Order {
        let body = try call.body(known: ["mode", "rate", "now", "advance"])
        var order = Order()
        if let value = body["mode"] {
            guard let mode = value.string.flatMap(ClockMode.init(parsing:)) else {
                throw ControlError.invalidMember("mode", expected: "'real', 'manual' or 'xN'")
            }
            order.mode = mode
        }
        if let value = body["rate"] {
            guard order.mode == nil, let rate = value.integer,
                let mode = ClockMode(parsing: "x\(rate)")
            else {
                throw ControlError.invalidMember(
                    "rate",
                    expected: "a whole number from 1 to \(ClockMode.maximumRate), without 'mode'")
            }
            order.mode = mode
        }
        if let value = body["now"] {
            guard let now = value.string.flatMap(Timestamp.init(parsing:)) else {
                throw ControlError.invalidMember("now", expected: "an ISO 8601 instant in UTC")
            }
            order.now = now
        }
        if let value = body["advance"] {
            guard let advance = value.string.flatMap(ISODuration.init(parsing:)) else {
                throw ControlError.invalidMember(
                    "advance", expected: "an ISO 8601 duration such as 'PT20M' or 'P1D'")
            }
            order.advance = advance
        }
        return order
    }

    static func json(_ run: CycleRun) -> JSONValue {
        ["jobId": .string(run.jobID), "execution": .object(run.execution.json)]
    }
}
