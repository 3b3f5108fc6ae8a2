// What the provisioning log says of one object in one cycle.

public import Model

/// A record of the log before it has identifiers, times and words.
///
/// It holds what was decided and by what; the thread that writes it puts that into words.
public struct ProvisioningRecord: Sendable {
    /// One step on the way.
    struct Step: Sendable {
        /// What it was decided by.
        enum Facts: Sendable {
            /// What the event itself tells.
            case event
            /// The attributes that were read.
            case source
            /// Activity, assignment, scope.
            case entitlement(Entitlement)
            /// The attributes that the target has.
            case target(TargetObject)
            /// The attributes that were written.
            case written
        }

        let event: ProvisioningEvent
        let facts: Facts
    }

    /// What was done.
    public var action = ProvisioningAction.other
    /// How it ended.
    public var status = ProvisioningResult.success
    /// Why it failed; nil when it did not.
    public var error: LoggedRecord.ErrorInformation?
    /// The steps in order.
    var steps: [Step] = []
    /// What the mapping's plan wrote.
    var entries: [AttributePlan.Entry] = []
    /// What was written beside that: references, and what records that joined this one tell.
    var others: [LoggedRecord.ModifiedProperty] = []
    /// Why nothing was done; nil when something was.
    public var skipReason: String?
    /// The source object.
    let source: SourceObject
    /// The type of the target object.
    public let targetType: String
    /// The target object's identifier; empty while there is none.
    public var targetAnchor = ""

    /// The type of the source object.
    public var sourceType: String { source.type }
    /// The source object's identifier.
    public var sourceAnchor: String { source.anchor }
    /// The source object's name.
    public var displayName: String { source.displayName }
    /// Its user principal name.
    public var principalName: String? { source.principalName }

    /// A record of an object about which nothing is said yet.
    init(_ source: SourceObject, _ rule: ObjectRule) {
        self.source = source
        targetType = rule.targetType
    }

    /// A record of an object that is known by its connection only.
    init(_ connection: ObjectConnection) {
        source = SourceObject(connection)
        targetType = connection.targetType
        targetAnchor = connection.targetAnchor
    }

    /// Adds a step.
    mutating func add(_ event: ProvisioningEvent, _ facts: Step.Facts = .event) {
        steps.append(Step(event: event, facts: facts))
    }

    /// Adds what another record of the same object wrote.
    public mutating func join(_ later: ProvisioningRecord) { others += later.modifiedProperties }
}
