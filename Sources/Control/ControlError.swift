// The words of the control API's errors.

import Emulator
import Model

/// An error of the control API: `{"error":{"code","message"}}`.
struct ControlError: Error, Equatable {
    let status: Int
    let code: String
    let message: String

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    static let notJSON = ControlError(400, "InvalidJSON", "The body is no JSON object.")

    static func unknownMember(_ name: String, known: [String]) -> ControlError {
        ControlError(
            400, "UnknownMember",
            "'\(name)' is not known here; known are: \(known.joined(separator: ", ")).")
    }

    static func invalidMember(_ name: String, expected: String) -> ControlError {
        ControlError(400, "InvalidMember", "'\(name)' must be \(expected).")
    }

    static func notFound(_ what: String) -> ControlError {
        ControlError(404, "NotFound", "\(what) does not exist.")
    }

    static func methodNotAllowed(_ allowed: [String]) -> ControlError {
        ControlError(
            405, "MethodNotAllowed", "Allowed here: \(allowed.joined(separator: ", ")).")
    }

    /// The words for anything that an action throws.
    init(_ error: any Error) {
        switch error {
        case let error as ControlError: self = error
        case EmulatorError.jobNotFound(let id): self = .notFound("The job '\(id)'")
        case EmulatorError.timeGoesBack(let now, let asked):
            self = ControlError(
                400, "TimeGoesBack", "The clock shows \(now) and can't go back to \(asked).")
        case EmulatorError.tooManyCycles(let count, let limit):
            self = ControlError(
                400, "TooManyCycles",
                "About \(count) cycles would run on the way; one call runs at most \(limit). "
                    + "Advance in smaller steps.")
        case ToolError.invalidFault(let member, let expected):
            self = .invalidMember(member, expected: expected)
        case ToolError.faultNotFound(let id): self = .notFound("The fault rule '\(id)'")
        case ToolError.tooManyFaults(let limit):
            self = ControlError(409, "TooManyFaults", "A tenant has at most \(limit) fault rules.")
        default: self = ControlError(500, "Failed", "\(error)")
        }
    }
}
