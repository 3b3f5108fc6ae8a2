// The steps of the provisioning log in the service's words.

extension ProvisioningEvent {
    /// Texts by name, in order.
    public typealias Details = [(name: String, value: String)]

    /// The service's name of the step.
    public var name: String {
        switch self {
        case .receivedAddition: "EntryImportAdd"
        case .receivedUpdate, .receivedReferences: "EntryImportUpdate"
        case .receivedDeletion: "EntryImportDelete"
        case .retrievedSource, .found, .retrievedTarget, .linkedElsewhere, .skipped(.importSkipped):
            "EntryImport"
        case .scoped: "EntrySynchronizationScoping"
        case .willBeCreated: "EntrySynchronizationAdd"
        case .willBeUpdated: "EntrySynchronizationUpdate"
        case .created: "EntryExportAdd"
        case .updated: "EntryExportUpdate"
        case .disabled: "EntryExportUpdateSoftDelete"
        case .deleted: "EntryExportDelete"
        case .skipped, .staged: "EntrySynchronizationSkip"
        case .failed(let attempt, _): attempt.rawValue
        case .unresolved, .moreUnresolved: "UnableToResolveReferenceAttributeValue"
        }
    }

    /// Which part of the way it belongs to.
    public var type: ProvisioningStepType {
        switch self {
        case .receivedAddition, .receivedUpdate, .receivedDeletion, .receivedReferences,
            .retrievedSource, .skipped(.importSkipped):
            .import
        case .scoped: .scoping
        case .found, .retrievedTarget, .linkedElsewhere, .willBeCreated: .matching
        case .willBeUpdated: .processing
        case .created, .updated, .disabled, .deleted, .skipped, .staged: .export
        case .failed(let attempt, _): attempt.type
        case .unresolved, .moreUnresolved: .referenceResolution
        }
    }

    /// How it ended.
    public var status: ProvisioningResult {
        switch self {
        case .skipped, .staged: .skipped
        case .failed, .linkedElsewhere: .failure
        case .unresolved, .moreUnresolved: .warning
        default: .success
        }
    }

    /// One sentence about an object.
    public func sentence(about object: ProvisioningSubject) -> String {
        let source = object.sourceDirectory
        let target = object.targetDirectory
        let name = "\(object.type) '\(object.title)'"
        switch self {
        case .receivedAddition: return "Received \(name) change of type (Add) from \(source)"
        case .receivedUpdate: return "Received \(name) change of type (Update) from \(source)"
        case .receivedDeletion, .receivedReferences:
            let change = self == .receivedDeletion ? "Delete" : "Update"
            return "Received \(object.type) '\(object.anchor)' change of type (\(change)) from "
                + source
        case .retrievedSource: return "Retrieved \(name) from \(source)"
        case .scoped:
            return "Determine if \(object.type) in scope by evaluating against each scoping filter"
        case .found(let attribute): return "Found 1 match using property \(attribute)"
        case .retrievedTarget: return "Retrieved  '\(object.displayName)' from \(target)"
        case .linkedElsewhere:
            return "Failed to process \(object.type) '\(object.displayName)' in \(target)"
        case .willBeCreated:
            return "\(name) will be created in \(target) (\(object.type) is active and assigned in "
                + "\(source), but no matching \(object.type) was found in \(target))"
        case .willBeUpdated: return "\(name) will be updated in \(target)"
        case .created: return "\(name) was created in \(target)"
        case .updated: return "\(name) was updated in \(target)"
        case .disabled: return "\(name) was disabled in \(target)"
        case .deleted: return "\(name) was deleted from \(target)"
        case .skipped(let reason): return reason.sentence(about: name)
        case .staged:
            return "The \(object.type) '\(object.displayName)' was not removed from \(target), "
                + "because the cycle has more deletions than the threshold allows."
        case .failed(let attempt, _): return "Failed to \(attempt.verb) \(name) in \(target)"
        case .unresolved(let reference, let attribute):
            return "We were unable to assign \(reference) as the \(attribute) of \(object.anchor)."
        case .moreUnresolved(let count, let attribute):
            return "\(count) more could not be assigned as the \(attribute) of \(object.anchor)."
        }
    }

    /// What the event itself was decided by.
    public func details(about object: ProvisioningSubject) -> Details {
        switch self {
        case .receivedDeletion, .receivedReferences: [("objectId", object.anchor)]
        case .linkedElsewhere(let code), .failed(_, let code): [("ErrorCode", code)]
        case .skipped(let reason):
            [("SkipReason", reason.name)] + reason.details
                + [("ReportableIdentifier", object.anchor)]
        case .staged: [("SkipReason", "TooManyDeletes")]
        case .unresolved(_, let attribute), .moreUnresolved(_, let attribute):
            [("PropertyName", attribute)]
        default: []
        }
    }
}

extension ProvisioningEvent.SkipReason {
    /// The value of the step's `SkipReason`.
    public var name: String {
        switch self {
        case .importSkipped: "ImportSkipped"
        case .notEffectivelyEntitled: "NotEffectivelyEntitled"
        case .redundantExport: "RedundantExport"
        case .attributeValidationFailed: "AttributeValidationFailed"
        // Unverified: what the log says of an object that the flow types keep from the target.
        case .flowTypes: "EntrySynchronizationSkipped"
        }
    }

    fileprivate var details: ProvisioningEvent.Details {
        switch self {
        case .notEffectivelyEntitled(keepsTarget: true): [("SkipOutOfScopeDeletions", "True")]
        case .attributeValidationFailed(let attribute): [("PropertyName", attribute)]
        default: []
        }
    }

    fileprivate func sentence(about name: String) -> String {
        switch self {
        case .importSkipped: "The \(name) has no value for any matching attribute"
        case .redundantExport:
            "The state of the entry in both the source and target systems already match. No "
                + "change to the \(name) currently needs to be made."
        case .notEffectivelyEntitled:
            "The \(name) will be skipped, because it is not effectively entitled for provisioning."
        case .attributeValidationFailed:
            "The \(name) will be skipped, because a required attribute has no value."
        case .flowTypes(let missing):
            "The \(name) will be skipped, because the mapping has not the flow type \(missing)."
        }
    }
}

extension ProvisioningEvent.Attempt {
    fileprivate var type: ProvisioningStepType {
        switch self {
        case .matching: .matching
        case .scoping, .planningAddition, .planningUpdate: .scoping
        case .creation, .update, .disabling, .deletion: .export
        }
    }

    fileprivate var verb: String {
        switch self {
        case .matching, .scoping, .planningAddition, .planningUpdate: "process"
        case .creation: "create"
        case .update: "update"
        case .disabling: "disable"
        case .deletion: "delete"
        }
    }
}
