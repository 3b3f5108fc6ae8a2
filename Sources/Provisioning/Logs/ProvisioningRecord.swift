// What the provisioning log says of one object in one cycle.

/// A record of the log before it has identifiers and times.
///
/// Follows "provisioningObjectSummary resource type"; shape: `Fixtures/Wire/provisioning-log.json`.
public struct ProvisioningRecord: Sendable, Equatable {
    /// What was done (`provisioningAction`).
    public enum Action: String, Sendable {
        case create, update, delete, disable, stagedDelete, other
    }

    /// How it ended (`provisioningResult`).
    public enum Status: String, Sendable {
        case success, failure, skipped, warning
    }

    /// Texts by name, in order.
    public typealias Details = [(name: String, value: String)]

    /// One step on the way (`provisioningStep`).
    public struct Step: Sendable {
        /// Which part of the way (`provisioningStepType`).
        public enum Kind: String, Sendable {
            case `import`, scoping, matching, processing, referenceResolution, export
        }

        /// The service's name of the step.
        public var name: String
        /// Which part of the way.
        public var kind: Kind
        /// How it ended.
        public var status: Status
        /// One sentence.
        public var description: String
        /// What it was decided by.
        public var details: Details
    }

    /// One attribute that was written (`modifiedProperty`).
    public struct ModifiedProperty: Sendable, Equatable {
        /// The attribute.
        public var displayName: String
        /// What the target had.
        public var oldValue: String?
        /// What it has now.
        public var newValue: String?
    }

    /// Why it failed (`provisioningErrorInfo`).
    public struct ErrorInformation: Sendable, Equatable {
        /// The error's code.
        public var code: String
        /// What happened, in the target's words too.
        public var reason: String
        /// Whether the service itself is to blame.
        public var isServiceFailure = false
        /// What to do about it.
        public var recommendedAction: String?
    }

    /// What was done.
    public var action = Action.other
    /// How it ended.
    public var status = Status.success
    /// Why it failed; nil when it did not.
    public var error: ErrorInformation?
    /// The steps in order.
    public var steps: [Step] = []
    /// What was written.
    public var modifiedProperties: [ModifiedProperty] = []
    /// Why nothing was done; nil when something was.
    public var skipReason: String?
    /// The type of the source object.
    public var sourceType: String
    /// The source object's identifier.
    public var sourceAnchor: String
    /// The source object's name.
    public var displayName: String
    /// Its user principal name.
    public var principalName: String?
    /// The type of the target object.
    public var targetType: String
    /// The target object's identifier; empty while there is none.
    public var targetAnchor = ""

    /// A record of an object about which nothing is said yet.
    init(_ source: SourceObject, _ rule: ObjectRule) {
        sourceType = source.type
        sourceAnchor = source.anchor
        displayName = source.displayName
        principalName = source.principalName
        targetType = rule.targetType
    }

    /// A record of an object that is known by its connection only.
    init(_ connection: ObjectConnection) {
        sourceType = connection.objectType
        sourceAnchor = connection.sourceAnchor
        displayName = connection.displayName
        targetType = connection.targetType
        targetAnchor = connection.targetAnchor
    }

    /// Adds a step.
    mutating func add(
        _ name: String, _ kind: Step.Kind, _ status: Status, _ description: String,
        _ details: Details = []
    ) {
        steps.append(
            Step(
                name: name, kind: kind, status: status, description: description,
                details: details))
    }

    /// Adds a step that went well.
    mutating func add(
        _ name: String, _ kind: Step.Kind, _ description: String, _ details: Details = []
    ) {
        add(name, kind, .success, description, details)
    }
}

extension ProvisioningRecord.Step: Equatable {
    /// Whether two steps say the same.
    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.kind == right.kind && left.status == right.status
            && left.description == right.description
            && left.details.map(\.name) == right.details.map(\.name)
            && left.details.map(\.value) == right.details.map(\.value)
    }
}
