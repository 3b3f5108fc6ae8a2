// Steps as they are stored: a letter and what the sentence names.

extension ProvisioningEvent {
    /// The event's letter, and its arguments.
    var code: (letter: Unicode.Scalar, arguments: [String]) {
        switch self {
        case .receivedAddition: ("A", [])
        case .receivedUpdate: ("U", [])
        case .receivedDeletion: ("D", [])
        case .receivedReferences: ("R", [])
        case .retrievedSource: ("G", [])
        case .scoped: ("S", [])
        case .found(let attribute): ("F", [attribute])
        case .retrievedTarget: ("T", [])
        case .linkedElsewhere(let code): ("L", [code])
        case .willBeCreated: ("a", [])
        case .willBeUpdated: ("u", [])
        case .created: ("c", [])
        case .updated: ("w", [])
        case .disabled: ("d", [])
        case .deleted: ("x", [])
        case .skipped(.importSkipped): ("i", [])
        case .skipped(.notEffectivelyEntitled(keepsTarget: false)): ("n", [])
        case .skipped(.notEffectivelyEntitled(keepsTarget: true)): ("k", [])
        case .skipped(.redundantExport): ("r", [])
        case .skipped(.attributeValidationFailed(let attribute)): ("v", [attribute])
        case .skipped(.flowTypes(let missing)): ("f", [missing])
        case .staged: ("g", [])
        case .failed(let attempt, let code): ("E", [attempt.rawValue, code])
        case .unresolved(let reference, let attribute): ("q", [reference, attribute])
        case .moreUnresolved(let count, let attribute): ("m", [String(count), attribute])
        }
    }

    /// Whether it tells of what was written.
    var tellsOfWriting: Bool {
        switch self {
        case .created, .updated, .disabled: true
        default: false
        }
    }

    /// Reads an event; nil for a letter that is none, or whose arguments are missing.
    init?(letter: String, _ arguments: [String]) {
        switch (letter, arguments.count) {
        case ("A", 0): self = .receivedAddition
        case ("U", 0): self = .receivedUpdate
        case ("D", 0): self = .receivedDeletion
        case ("R", 0): self = .receivedReferences
        case ("G", 0): self = .retrievedSource
        case ("S", 0): self = .scoped
        case ("F", 1): self = .found(attribute: arguments[0])
        case ("T", 0): self = .retrievedTarget
        case ("L", 1): self = .linkedElsewhere(code: arguments[0])
        case ("a", 0): self = .willBeCreated
        case ("u", 0): self = .willBeUpdated
        case ("c", 0): self = .created
        case ("w", 0): self = .updated
        case ("d", 0): self = .disabled
        case ("x", 0): self = .deleted
        case ("i", 0): self = .skipped(.importSkipped)
        case ("n", 0): self = .skipped(.notEffectivelyEntitled(keepsTarget: false))
        case ("k", 0): self = .skipped(.notEffectivelyEntitled(keepsTarget: true))
        case ("r", 0): self = .skipped(.redundantExport)
        case ("v", 1): self = .skipped(.attributeValidationFailed(attribute: arguments[0]))
        case ("f", 1): self = .skipped(.flowTypes(missing: arguments[0]))
        case ("g", 0): self = .staged
        case ("E", 2):
            guard let attempt = Attempt(rawValue: arguments[0]) else { return nil }
            self = .failed(attempt, code: arguments[1])
        case ("q", 2): self = .unresolved(reference: arguments[0], attribute: arguments[1])
        case ("m", 2):
            guard let count = Int(arguments[0]) else { return nil }
            self = .moreUnresolved(count, attribute: arguments[1])
        default: return nil
        }
    }
}
