// The steps of a record in words.

extension LoggedRecord {
    /// A step in words.
    public struct WordedStep: Sendable {
        /// What it tells.
        public let event: ProvisioningEvent
        /// One sentence.
        public let description: String
        /// What it was decided by.
        public let details: ProvisioningEvent.Details
    }

    /// The steps in words.
    ///
    /// - Parameters:
    ///   - context: the names that the record refers to.
    ///   - source: the source object's identifier.
    ///   - target: the target object's identifier.
    ///   - properties: what was written.
    /// - Returns: the steps in order.
    public func words(
        in context: ProvisioningLogContext, source: String, target: String,
        properties: [ModifiedProperty]
    ) -> [WordedStep] {
        let subject = ProvisioningSubject(
            type: sourceType, anchor: source, displayName: displayName,
            principalName: principalName, sourceDirectory: context.source.name,
            targetDirectory: context.target.name)
        return steps.map { step in
            var details: ProvisioningEvent.Details
            switch step.facts {
            case .event: details = step.event.details(about: subject)
            case .source(let values):
                details = [(name: "objectId", value: source)]
                for (name, value) in zip(context.sourceAttributes, values) {
                    if let value { details.append((name: name, value: value)) }
                }
            case .scoping(let answer): details = answer.details(of: sourceType)
            case .target(let id, let values):
                details = [(name: "id", value: id ?? target)]
                for (attribute, value) in zip(context.attributes, values) {
                    if let value { details.append((name: attribute.name, value: value)) }
                }
            case .written:
                details = properties.map { (name: $0.displayName, value: $0.newValue ?? "") }
            }
            return WordedStep(
                event: step.event, description: step.event.sentence(about: subject),
                details: details)
        }
    }
}

extension LoggedRecord.ScopingAnswer {
    /// The details of the scoping step.
    fileprivate func details(of type: String) -> ProvisioningEvent.Details {
        func text(_ flag: Bool) -> String { flag ? "True" : "False" }
        return [
            ("Active in the source system", text(isActive)),
            ("Assigned to the application", text(isAssigned)),
            ("\(type) has the required role", text(isAssigned)),
            ("Scoping filter evaluation passed", text(passesScope)),
            ("ScopeEvaluationResult", result),
        ]
    }
}
