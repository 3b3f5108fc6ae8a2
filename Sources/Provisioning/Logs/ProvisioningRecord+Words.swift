// The facts of a record in words.

import Expressions
import Model

extension ProvisioningRecord {
    /// A step in words.
    struct WordedStep {
        let event: ProvisioningEvent
        let description: String
        let details: ProvisioningEvent.Details
    }

    /// What was written.
    public var modifiedProperties: [ModifiedProperty] { entries.map(\.modified) + others }

    /// The steps in words; `properties` is what was written, in words too.
    func worded(_ rule: ObjectRule, _ properties: [ModifiedProperty]) -> [WordedStep] {
        let subject = ProvisioningSubject(
            type: sourceType, anchor: sourceAnchor, displayName: displayName,
            principalName: principalName, sourceDirectory: rule.sourceDirectory,
            targetDirectory: rule.targetDirectory)
        return steps.map { step in
            let details =
                switch step.facts {
                case .event: step.event.details(about: subject)
                case .source: source.details(rule)
                case .entitlement(let entitlement): entitlement.details(of: sourceType)
                case .target(let object): object.details(rule)
                case .written: properties.map { ($0.displayName, $0.newValue ?? "") }
                }
            return WordedStep(
                event: step.event, description: step.event.sentence(about: subject),
                details: details)
        }
    }
}

extension SourceObject {
    /// The attributes that were read, as texts.
    fileprivate func details(_ rule: ObjectRule) -> ProvisioningEvent.Details {
        var details: ProvisioningEvent.Details = [("objectId", anchor)]
        for name in rule.sourceAttributes where name != "objectId" {
            guard let value = attributes[name], !value.isNullOrEmpty else { continue }
            details.append((name, value.joinedText))
        }
        details.append((ObjectRule.softDeleted, isActive ? "False" : "True"))
        return details
    }
}

extension TargetObject {
    /// The attributes that the target has, as texts.
    fileprivate func details(_ rule: ObjectRule) -> ProvisioningEvent.Details {
        var details: ProvisioningEvent.Details = [("id", id)]
        for attribute in rule.attributes {
            guard let value = values[attribute.target.name], !value.isNullOrEmpty else {
                continue
            }
            details.append((attribute.name, value.joinedText))
        }
        return details
    }
}
