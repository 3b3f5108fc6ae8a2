// The steps of the record, in the service's words.

import Expressions

/// Why nothing was written.
enum SkipReason {
    case importSkipped
    case notEffectivelyEntitled
    case redundantExport
    case attributeValidationFailed
    case flowTypes(String)

    /// The value of the step's `SkipReason`.
    var name: String {
        switch self {
        case .importSkipped: "ImportSkipped"
        case .notEffectivelyEntitled: "NotEffectivelyEntitled"
        case .redundantExport: "RedundantExport"
        case .attributeValidationFailed: "AttributeValidationFailed"
        // Unverified: what the log says of an object that the flow types keep from the target.
        case .flowTypes: "EntrySynchronizationSkipped"
        }
    }
}

extension ObjectCycle {
    mutating func addImport() {
        let name = rule.sourceDirectory
        let details = importDetails
        switch source.arrival {
        case .added:
            record.add(
                "EntryImportAdd", .import,
                "Received \(source.type) '\(source.title)' change of type (Add) from \(name)",
                details)
        case .updated:
            record.add(
                "EntryImportUpdate", .import,
                "Received \(source.type) '\(source.title)' change of type (Update) from \(name)",
                details)
        case .demanded:
            record.add(
                "EntryImport", .import, "Retrieved \(source.type) '\(source.title)' from \(name)",
                details)
        }
    }

    /// The source attributes that were read, as texts.
    private var importDetails: ProvisioningRecord.Details {
        var details: ProvisioningRecord.Details = [("objectId", source.anchor)]
        for name in rule.sourceAttributes where name != "objectId" {
            guard let value = source.attributes[name], !value.isNullOrEmpty else { continue }
            details.append((name, value.joinedText))
        }
        details.append((ObjectRule.softDeleted, source.isActive ? "False" : "True"))
        return details
    }

    mutating func addScoping(_ entitlement: Entitlement) {
        record.add(
            "EntrySynchronizationScoping", .scoping,
            "Determine if \(source.type) in scope by evaluating against each scoping filter",
            entitlement.details(of: source.type))
    }

    func targetDetails(_ object: TargetObject) -> ProvisioningRecord.Details {
        var details: ProvisioningRecord.Details = [("id", object.id)]
        for attribute in rule.attributes {
            guard let value = object.values[attribute.target.name], !value.isNullOrEmpty else {
                continue
            }
            details.append((attribute.name, value.joinedText))
        }
        return details
    }

    /// What was written, as the steps of an export tell it.
    var exportDetails: ProvisioningRecord.Details {
        record.modifiedProperties.map { ($0.displayName, $0.newValue ?? "") }
    }

    mutating func skip(_ reason: SkipReason, _ details: ProvisioningRecord.Details) {
        record.action = .other
        record.status = .skipped
        record.skipReason = reason.name
        if case .importSkipped = reason {
            record.add(
                "EntryImport", .import, .skipped,
                "The \(source.type) '\(source.title)' has no value for any matching attribute",
                [("SkipReason", reason.name), ("ReportableIdentifier", source.anchor)])
            return
        }
        let text =
            switch reason {
            case .redundantExport:
                "The state of the entry in both the source and target systems already match. No "
                    + "change to the \(source.type) '\(source.title)' currently needs to be made."
            case .notEffectivelyEntitled:
                "The \(source.type) '\(source.title)' will be skipped, because it is not "
                    + "effectively entitled for provisioning."
            case .attributeValidationFailed:
                "The \(source.type) '\(source.title)' will be skipped, because a required "
                    + "attribute has no value."
            case .flowTypes(let missing):
                "The \(source.type) '\(source.title)' will be skipped, because the mapping has not "
                    + "the flow type \(missing)."
            case .importSkipped: ""
            }
        record.add(
            "EntrySynchronizationSkip", .export, .skipped, text,
            [("SkipReason", reason.name)] + details + [("ReportableIdentifier", source.anchor)])
    }

    mutating func fail(_ failure: TargetFailure, _ step: String) {
        outcome.failure = failure
        record.status = .failure
        record.error = .init(code: failure.code, reason: failure.message)
        let kind: ProvisioningRecord.Step.Kind =
            step.hasPrefix("EntryExport") ? .export : step == "EntryImport" ? .matching : .scoping
        let verb =
            switch step {
            case "EntryExportAdd": "create"
            case "EntryExportDelete": "delete"
            case "EntryExportUpdateSoftDelete": "disable"
            case "EntryExportUpdate": "update"
            default: "process"
            }
        record.add(
            step, kind, .failure,
            "Failed to \(verb) \(source.type) '\(source.title)' in \(rule.targetDirectory)",
            [("ErrorCode", failure.code)])
    }
}
