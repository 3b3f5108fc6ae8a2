// What became of one object in one cycle.

public import Expressions
import Model

/// What is to be remembered, logged and counted of one object.
public struct ObjectOutcome: Sendable {
    /// What becomes of the link between the two objects.
    public enum Connection: Sendable, Equatable {
        /// It stays as it is, or stays missing.
        case keep
        /// It is made, or says something else now.
        case save(ObjectConnection)
        /// It is gone.
        case remove
    }

    /// The log's record; nil where the service says nothing.
    public var record: ProvisioningRecord?
    /// What becomes of the link.
    public var connection = Connection.keep
    /// Why the object has to be tried again; nil when it has not.
    public var failure: TargetFailure?
    /// Whether the object is assigned to the application.
    public var isEntitled = false
    /// Whether it is active too, and passes the scoping filter.
    public var isEntitledForProvisioning = false
    /// Whether the target was asked to write.
    public var isExport = false
    /// Whether the target wrote.
    public var isExported = false
    /// Whether the target's object was made or found in this cycle.
    public var isNewlyConnected = false
    /// Whether a disabling or a deletion waits for the cycle's end.
    public var isHeld = false
    /// Whether the link of another source object to the same target object ends.
    public var takesOver = false
    /// Whether references of the object come next.
    public var wantsReferences = false

    /// An outcome of which nothing is known yet.
    init() {}

    /// What becomes of an object whose target another source object was linked to in the meantime, as
    /// happens where calls overlap: it fails, as it would have when it was matched.
    public func losing(_ target: String, of rule: ObjectRule) -> ObjectOutcome {
        let failure = TargetFailure.linkedElsewhere(target, of: rule, "which was found")
        var outcome = self
        outcome.connection = .keep
        outcome.isNewlyConnected = false
        outcome.wantsReferences = false
        outcome.failure = failure
        outcome.record?.status = .failure
        outcome.record?.error = .init(code: failure.code, reason: failure.message)
        outcome.record?.add(.linkedElsewhere(code: failure.code))
        return outcome
    }
}

extension TargetFailure {
    /// Two objects of the source want the same object of the target.
    static func linkedElsewhere(
        _ target: String, of rule: ObjectRule, _ reason: String
    ) -> TargetFailure {
        TargetFailure(
            .entry, code: "DuplicateSourceEntries",
            message: "The object '\(target)' of \(rule.targetDirectory), \(reason), is linked to "
                + "another \(rule.sourceType) already.")
    }
}

/// What a cycle knows beside the object at hand.
public struct CycleSurroundings: Sendable {
    /// Whether objects that lose their scope stay as they are (`SkipOutOfScopeDeletions`).
    public var skipsOutOfScopeDeletions = false
    /// Whether disablings and deletions wait until it is known how many there are.
    public var holdsDeletions = false
    /// Whether nothing but looking is allowed.
    public var isPlan = false
    /// The domain that expressions know as the tenant's.
    public var defaultDomain: String?
    /// The instant, as expressions print it.
    public var now: DateTime?
    /// Tells whether a target object is linked to another source object: by its identifier and ours.
    public var isLinkedElsewhere: @Sendable (_ target: String, _ source: String) -> Bool

    /// Tells whether that other source object is a worker who has left.
    public var isHeldByFormer: @Sendable (_ target: String, _ source: String) -> Bool = { _, _ in
        false
    }

    /// Makes surroundings.
    public init(
        defaultDomain: String? = nil, now: DateTime? = nil,
        isLinkedElsewhere: @escaping @Sendable (_ target: String, _ source: String) -> Bool
    ) {
        self.defaultDomain = defaultDomain
        self.now = now
        self.isLinkedElsewhere = isLinkedElsewhere
    }
}
