// A record of the provisioning log in texts: beside its columns and its context, everything it says.

/// What a record says.
///
/// Follows "provisioningObjectSummary resource type"; shape: `Fixtures/Wire/provisioning-log.json`.
public struct LoggedRecord: Sendable {
    /// What a step was decided by.
    ///
    /// Values are by the places of the context's names, nil for none.
    public enum Facts: Sendable {
        /// What the event itself tells.
        case event
        /// The values of the source attributes.
        case source([String?])
        /// Activity, assignment, scope.
        case scoping(ScopingAnswer)
        /// The target's object; without an identifier it is the record's.
        case target(id: String?, [String?])
        /// What was written.
        case written
    }

    /// One step (`provisioningStep`).
    public struct Step: Sendable {
        /// What it tells.
        public let event: ProvisioningEvent
        /// What it was decided by.
        public let facts: Facts

        /// Makes a step.
        public init(_ event: ProvisioningEvent, _ facts: Facts) {
            self.event = event
            self.facts = facts
        }
    }

    /// What was asked of an object before it was let into the target.
    public struct ScopingAnswer: Sendable {
        /// Whether it is enabled in the source.
        public let isActive: Bool
        /// Whether it is assigned to the application.
        public let isAssigned: Bool
        /// Whether it passes the filter.
        public let passesScope: Bool
        /// The clauses that were asked, as the log shows them.
        public let result: String

        /// Makes an answer.
        public init(isActive: Bool, isAssigned: Bool, passesScope: Bool, result: String) {
            self.isActive = isActive
            self.isAssigned = isAssigned
            self.passesScope = passesScope
            self.result = result
        }
    }

    /// One attribute that was written (`modifiedProperty`).
    public struct ModifiedProperty: Sendable {
        /// The attribute.
        public let displayName: String
        /// What the target had.
        public let oldValue: String?
        /// What it has now.
        public let newValue: String?

        /// Makes a property.
        public init(displayName: String, oldValue: String?, newValue: String?) {
            self.displayName = displayName
            self.oldValue = oldValue
            self.newValue = newValue
        }
    }

    /// An attribute of the mapping that was written, by its place in the context.
    public struct Entry: Sendable {
        /// The place.
        public let attribute: Int
        /// What the target had.
        public let oldValue: String?
        /// What it has now.
        public let newValue: String?

        /// Makes an entry.
        public init(attribute: Int, oldValue: String?, newValue: String?) {
            self.attribute = attribute
            self.oldValue = oldValue
            self.newValue = newValue
        }
    }

    /// Why it failed (`provisioningErrorInfo`).
    public struct ErrorInformation: Sendable {
        /// The error's code.
        public var code: String
        /// What happened, in the target's words too.
        public var reason: String
        /// Whether the service itself is to blame.
        public var isServiceFailure = false
        /// What to do about it.
        public var recommendedAction: String?

        /// Makes an error.
        public init(code: String, reason: String) {
            self.code = code
            self.reason = reason
        }
    }

    /// The type of the source object.
    public var sourceType: String
    /// The type of the target object.
    public var targetType: String
    /// The source object's name.
    public var displayName: String
    /// Its user principal name.
    public var principalName: String?
    /// Why it failed; nil when it did not.
    public var error: ErrorInformation?
    /// The steps in order.
    public var steps: [Step] = []
    /// What the mapping wrote, in the order of its attributes.
    public var entries: [Entry] = []
    /// What was written beside that: references.
    public var references: [ModifiedProperty] = []

    /// A record that says nothing yet.
    public init(
        sourceType: String, targetType: String, displayName: String, principalName: String?
    ) {
        self.sourceType = sourceType
        self.targetType = targetType
        self.displayName = displayName
        self.principalName = principalName
    }

    /// What was written.
    public func modifiedProperties(in context: ProvisioningLogContext) -> [ModifiedProperty] {
        entries.map {
            ModifiedProperty(
                displayName: context.attributes[$0.attribute].name, oldValue: $0.oldValue,
                newValue: $0.newValue)
        } + references
    }
}
