// What happens, told as it happens.

import Dispatch
import Emulator
import HTTP
import Model

/// `GET /_emulator/events`: server-sent events (HTML Living Standard, section 9.2).
///
/// Shape: `id: 7`, `event: cycle`, `data: {"time":"…","data":{…}}`, an empty line. A comment line comes
/// every fifteen seconds, so that a client that is gone is noticed. A client that lags behind by more
/// than 1 MB is cut off.
enum GetEvents {
    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let kinds = try kinds(call)
        let tenant = call.tenant
        let beat = DispatchSource.makeTimerSource(queue: .global())
        let stream = HTTPStream(limitBytes: Limits.eventBytes)
        let listener = tenant.listen(to: kinds) { number, kind, text in
            stream.write(Array("id: \(number)\nevent: \(kind.rawValue)\ndata: \(text)\n\n".utf8))
        }
        guard let listener else {
            throw ControlError(
                429, "TooManyStreams", "As many clients listen to this tenant as it serves.")
        }
        _ = stream.write(Array(": events of \(tenant.id)\n\n".utf8))
        beat.schedule(
            deadline: .now() + .seconds(Limits.eventBeatSeconds),
            repeating: .seconds(Limits.eventBeatSeconds))
        beat.setEventHandler {
            guard !stream.write(Array(": \n\n".utf8)) else { return }
            tenant.unlisten(listener)
            beat.cancel()
        }
        beat.activate()
        let head = HTTPResponse(fields: [
            HTTPField("Content-Type", "text/event-stream;charset=utf-8"),
            HTTPField("Cache-Control", "no-store"),
        ])
        return .stream(head, stream)
    }

    private static func kinds(_ call: ControlFace.Call) throws -> Set<TenantEvent.Kind> {
        guard let text = try call.query(["kinds"])["kinds"] else { return [] }
        return Set(
            try text.split(separator: ",").map { name in
                guard let kind = TenantEvent.Kind(rawValue: String(name)) else {
                    let known = TenantEvent.Kind.allCases.map(\.rawValue)
                    throw ControlError.invalidMember(
                        "kinds", expected: "some of " + known.joined(separator: ", "))
                }
                return kind
            })
    }
}
