// The facts of a record as texts.

import Expressions
public import Model

extension ProvisioningRecord {
    /// What was written.
    public var modifiedProperties: [LoggedRecord.ModifiedProperty] {
        entries.map(\.modified) + others
    }

    /// The record in texts, by the names of its mapping's context.
    func logged(_ rule: ObjectRule) -> LoggedRecord {
        var logged = LoggedRecord(
            sourceType: sourceType, targetType: targetType, displayName: displayName,
            principalName: principalName)
        logged.error = error
        logged.steps = steps.map { LoggedRecord.Step($0.event, facts(of: $0, rule)) }
        logged.entries.reserveCapacity(entries.count)
        var place = 0
        for entry in entries {
            // A plan goes through the attributes in their order.
            let attributes = rule.attributes[place...]
            guard let found = attributes.firstIndex(where: { $0 === entry.rule }) else { break }
            place = found
            logged.entries.append(
                .init(attribute: place, oldValue: entry.oldText, newValue: entry.newText))
        }
        logged.references = others
        return logged
    }

    private func facts(of step: Step, _ rule: ObjectRule) -> LoggedRecord.Facts {
        switch step.facts {
        case .event: .event
        case .source: .source(source.texts(rule))
        case .entitlement(let entitlement): .scoping(entitlement.answer)
        case .target(let object):
            .target(id: object.id == targetAnchor ? nil : object.id, object.texts(rule))
        case .written: .written
        }
    }
}

extension ProvisioningLogContext {
    /// What the records of a mapping have in common.
    init(_ surroundings: RecordSurroundings, _ rule: ObjectRule) {
        let sources = rule.sourceAttributes.filter { $0 != SourceObject.identifier }
        self.init(
            tenant: surroundings.tenant.description,
            servicePrincipal: surroundings.servicePrincipal.description,
            servicePrincipalName: surroundings.servicePrincipalName,
            source: Directory(id: rule.sourceDirectoryID, name: rule.sourceDirectory),
            target: Directory(id: rule.targetDirectoryID, name: rule.targetDirectory),
            sourceType: rule.sourceType, targetType: rule.targetType,
            sourceAttributes: sources + [ObjectRule.softDeleted],
            attributes: rule.attributes.map { attribute in
                Attribute(
                    name: attribute.name,
                    source: attribute.sourceAttribute.flatMap(sources.firstIndex))
            })
    }
}

extension SourceObject {
    /// The attribute that each import tells of, whether it is read or not.
    fileprivate static let identifier = "objectId"

    /// The attributes that were read; nil for those without a value.
    fileprivate func texts(_ rule: ObjectRule) -> [String?] {
        var texts: [String?] = []
        texts.reserveCapacity(rule.sourceAttributes.count + 1)
        for name in rule.sourceAttributes where name != SourceObject.identifier {
            texts.append(attributes[name]?.loggedText)
        }
        texts.append(isActive ? "False" : "True")
        return texts
    }
}

extension TargetObject {
    /// The attributes that the target has; nil for those without a value.
    fileprivate func texts(_ rule: ObjectRule) -> [String?] {
        rule.attributes.map { values[$0.target.name]?.loggedText }
    }
}

extension ExpressionValue {
    fileprivate var loggedText: String? { isNullOrEmpty ? nil : joinedText }
}
