// Whether an object belongs into the target, and why.

import Expressions
import Model

/// The three questions that decide about an object, answered.
struct Entitlement: Sendable {
    let isActive: Bool
    let isAssigned: Bool
    let scope: ScopeEvaluation.Decision?

    /// Asks them.
    ///
    /// - Throws: `ScopingError` when a regular expression takes too long.
    init(_ source: SourceObject, _ rule: ObjectRule) throws(ScopingError) {
        isActive = source.isActive
        isAssigned = source.assignment != .none
        scope = try rule.scope?.decide { source.attributes[$0] ?? .null }
    }

    /// Whether the filter drops the object while it is read, or leaves it to another mapping.
    var isIgnored: Bool {
        switch scope {
        case .otherCategory, .notRead: true
        case .inScope, .outOfScope, nil: false
        }
    }

    var passesScope: Bool {
        if case .outOfScope = scope { return false }
        return true
    }

    var isEntitled: Bool { isActive && isAssigned && passesScope }

    /// The answers as logs show them.
    var answer: LoggedRecord.ScopingAnswer {
        .init(
            isActive: isActive, isAssigned: isAssigned, passesScope: passesScope,
            result: scope?.result.logText ?? "{}")
    }
}
