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
        case EmulatorError.servicePrincipalNotFound(let id):
            self = .notFound("The service principal '\(id)'")
        case EmulatorError.timeGoesBack(let now, let asked):
            self = ControlError(
                400, "TimeGoesBack", "The clock shows \(now) and can't go back to \(asked).")
        case EmulatorError.tooManyCycles(let count, let limit):
            self = ControlError(
                400, "TooManyCycles",
                "About \(count) cycles would run on the way; one call runs at most \(limit). "
                    + "Advance in smaller steps.")
        case EmulatorError.unreadableSeed(_, let reason):
            self = ControlError(400, "UnreadableSeed", "The seed can't be used: \(reason).")
        case EmulatorError.tooManyTenants(let limit):
            self = ControlError(429, "TooManyTenants", "This process serves \(limit) tenants.")
        case let error as ToolError: self.init(tool: error)
        default: self = ControlError(500, "Failed", "\(error)")
        }
    }

    private init(tool error: ToolError) {
        switch error {
        case .invalidFault(let member, let expected),
            .invalidAssertion(let member, let expected):
            self = .invalidMember(member, expected: expected)
        case .faultNotFound(let id): self = .notFound("The fault rule '\(id)'")
        case .tooManyFaults(let limit):
            self = ControlError(409, "TooManyFaults", "A tenant has at most \(limit) fault rules.")
        case .snapshotNotFound(let name): self = .notFound("The snapshot '\(name)'")
        case .invalidSnapshotName:
            self = .invalidMember(
                "name", expected: "1 to 64 letters, digits, '.', '_' or '-', not beginning with '.'"
            )
        case .tooManySnapshots(let limit):
            self = ControlError(
                409, "TooManySnapshots", "A tenant has at most \(limit) snapshots; delete one.")
        case .snapshot(let path, let reason):
            self = ControlError(507, "SnapshotNotWritten", "'\(path)': \(reason).")
        case .directoryNotFound(let name):
            self = .notFound("A directory '\(name)', in a seed or the schema of a job,")
        case .ambiguousDirectory(let name, let owners):
            self = ControlError(
                400, "AmbiguousDirectory",
                "Several applications have a directory '\(name)'; add ?servicePrincipal= with one "
                    + "of \(owners.joined(separator: ", ")).")
        case .objectNotFound(let id): self = .notFound("The object '\(id)'")
        case .objectExists(let id):
            self = ControlError(409, "ObjectExists", "An object '\(id)' exists already.")
        case .anchorMissing(let name):
            self = ControlError(
                400, "AnchorMissing",
                "'\(name)' comes first and so is the anchor, but is no text; give an 'id'.")
        }
    }
}
