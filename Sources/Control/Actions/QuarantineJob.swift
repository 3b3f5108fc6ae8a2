// A job in quarantine by hand.

import Emulator
import Model

/// `POST /_emulator/jobs/{jobId}/quarantine` with `{"reason"?}`, which only operators can do in Entra.
///
/// Answers 204. Without a reason it is `QuarantinedOnDemand`.
enum QuarantineJob {
    private static let reasons: Set<String> = [
        "EncounteredBaseEscrowThreshold", "EncounteredTotalEscrowThreshold",
        "EncounteredEscrowProportionThreshold", "EncounteredQuarantineException", "Unknown",
        "QuarantinedOnDemand", "TooManyDeletes", "IngestionInterrupted",
    ]

    @Sendable static func run(_ call: ControlFace.Call) throws -> ControlFace.Outcome {
        let id = call.parameters["jobId"] ?? ""
        let body = try call.body(known: ["reason"])
        let reason = body["reason"]?.string ?? "QuarantinedOnDemand"
        guard reasons.contains(reason) else {
            throw ControlError(
                400, "InvalidBody",
                "'reason' is '\(reason)'; it takes " + reasons.sorted().joined(separator: ", ")
                    + ".")
        }
        try call.tenant.quarantineJob(id, reason: reason)
        return .nothing
    }
}
