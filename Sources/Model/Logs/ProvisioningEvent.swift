// What the steps of a record of the provisioning log tell, before it is put into words.

/// What was done to an object (`provisioningAction`).
public enum ProvisioningAction: String, Sendable {
    case create, update, delete, disable, stagedDelete, other
}

/// How something ended (`provisioningResult`).
public enum ProvisioningResult: String, Sendable {
    case success, failure, skipped, warning
}

/// Which part of the way of an object a step belongs to (`provisioningStepType`).
public enum ProvisioningStepType: String, Sendable {
    case `import`, scoping, matching, processing, referenceResolution, export
}

/// What one step tells (`provisioningStep`).
public enum ProvisioningEvent: Sendable, Equatable {
    /// Why nothing was written.
    public enum SkipReason: Sendable, Equatable {
        case importSkipped
        /// It is out of scope; with `SkipOutOfScopeDeletions` that changes nothing in the target.
        case notEffectivelyEntitled(keepsTarget: Bool)
        case redundantExport
        case attributeValidationFailed(attribute: String)
        /// The mapping lacks this flow type.
        case flowTypes(missing: String)
    }

    /// What was attempted, by the name of the step that failed.
    public enum Attempt: String, Sendable {
        case matching = "EntryImport"
        case scoping = "EntrySynchronizationScoping"
        case planningAddition = "EntrySynchronizationAdd"
        case planningUpdate = "EntrySynchronizationUpdate"
        case creation = "EntryExportAdd"
        case update = "EntryExportUpdate"
        case disabling = "EntryExportUpdateSoftDelete"
        case deletion = "EntryExportDelete"
    }

    /// The source has a new object, or all are read.
    case receivedAddition
    /// The source's object changed.
    case receivedUpdate
    /// The source has the object no more.
    case receivedDeletion
    /// References of the source's object changed.
    case receivedReferences
    /// The object was asked for.
    case retrievedSource
    /// The scoping filter was asked.
    case scoped
    /// An attribute finds the object in the target.
    case found(attribute: String)
    /// The linked object was read from the target.
    case retrievedTarget
    /// The object that was found is linked to another one.
    case linkedElsewhere(code: String)
    /// The target has no such object yet.
    case willBeCreated
    /// The target's object differs.
    case willBeUpdated
    case created
    case updated
    case disabled
    case deleted
    case skipped(SkipReason)
    /// There are more deletions than the threshold allows.
    case staged
    case failed(Attempt, code: String)
    /// An object that is referred to is not provisioned.
    case unresolved(reference: String, attribute: String)
    /// So many more are not.
    case moreUnresolved(Int, attribute: String)
}

/// The object that a record is about, as its sentences name it.
public struct ProvisioningSubject: Sendable {
    /// The type of the source object.
    public var type: String
    /// Its identifier in the source.
    public var anchor: String
    /// The name that people know it by.
    public var displayName: String
    /// Its user principal name.
    public var principalName: String?
    /// The source directory's name.
    public var sourceDirectory: String
    /// The target directory's name.
    public var targetDirectory: String

    /// Names an object.
    public init(
        type: String, anchor: String, displayName: String, principalName: String?,
        sourceDirectory: String, targetDirectory: String
    ) {
        self.type = type
        self.anchor = anchor
        self.displayName = displayName
        self.principalName = principalName
        self.sourceDirectory = sourceDirectory
        self.targetDirectory = targetDirectory
    }

    /// What sentences call it.
    var title: String { principalName ?? displayName }
}
