// The journal: what was asked, and whether it was what the test expects.

import Emulator
import Model

/// `GET/DELETE /_emulator/requests`, `POST /_emulator/requests/verify`.
enum JournalActions {
    @Sendable static func list(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let query = try JournalQuery(call)
        let page = call.tenant.journal(query.filter)
        return .answer([
            "value": .array(
                page.entries.map {
                    $0.entry.json(sequence: $0.sequence, withBodies: query.withBodies)
                }),
            "next": .integer(page.next), "dropped": .integer(page.dropped),
        ])
    }

    @Sendable static func clear(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        call.tenant.clearJournal()
        return .nothing
    }

    @Sendable static func verify(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let verification = try Verification(call.json())
        var filter = JournalFilter()
        filter.limit = .max
        filter.after = verification.after
        let page = call.tenant.journal(filter)
        let result = verification.result(on: page.entries)
        guard !result.failures.isEmpty else {
            return .answer(["ok": true, "assertions": .array(result.matched)])
        }
        var message = result.failures.compactMap { $0.object?["message"]?.string }
            .joined(separator: " ")
        if page.dropped > 0 {
            message += " (\(page.dropped) earlier exchanges made room and could not be looked at.)"
        }
        return .answered(
            422,
            [
                "error": ["code": "VerificationFailed", "message": .string(message)],
                "ok": false, "failures": .array(result.failures),
            ])
    }
}
