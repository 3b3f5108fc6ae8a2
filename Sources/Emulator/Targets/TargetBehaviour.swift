// The built-in target's ways to misbehave, by name.

/// A named preset: a failing that real SCIM endpoints are known for.
///
/// The one list of them: the control API takes these names, the documentation prints these sentences.
public enum TargetBehaviour: String, Sendable, CaseIterable {
    case notFoundOnEmpty = "404-on-empty"
    case refusesTextBooleans = "refuses-text-booleans"
    case normalisesCase = "normalises-case"
    case ignoresSecondClause = "ignores-second-clause"
    case duplicateCreate = "duplicate-create"
    case noTargetOnAbsentValuePath = "no-target-on-absent-value-path"
    case uniqueGroupNames = "unique-group-names"
    case tooManyRequests = "429-storm"
    case slow = "slow"
    case halfBody = "half-body"
    case wrongContentType = "wrong-content-type"

    /// What the target does then, in a sentence.
    public var summary: String {
        switch self {
        case .notFoundOnEmpty:
            "A list that nothing is found for is answered 404, not an empty list; the test of the "
                + "connection fails, and jobs go to quarantine."
        case .refusesTextBooleans:
            "`\"False\"` as text, as the default PATCH dialect has it, is refused with 400 "
                + "`invalidValue`."
        case .normalisesCase:
            "`userName` and e-mail addresses are stored in lower case, so that they differ from what "
                + "was written in every cycle."
        case .ignoresSecondClause:
            "Of a filter's clauses that `and` joins only the first is looked at."
        case .duplicateCreate:
            "A `userName` that is taken is taken again, without a 409; matching then finds two."
        case .noTargetOnAbsentValuePath:
            "`Add` on `emails[type eq \"work\"].value` is refused with 400 `noTarget` where there is "
                + "no such entry, as RFC 7644 is read by many."
        case .uniqueGroupNames:
            "A group's `displayName` that is taken is refused with 409 `uniqueness`."
        case .tooManyRequests: "Every call is answered 429 with `Retry-After: 60`."
        case .slow:
            "Every call takes two seconds more: over the network always, in a job's cycle as far as the "
                + "tenant's clock goes by itself; a job whose patience is shorter meets `Timeout`."
        case .halfBody: "Only the first half of each answer's body is sent."
        case .wrongContentType: "Answers come as `text/html`."
        }
    }

    /// Behaviours out of the text that a directory keeps; names that are not known are left out.
    static func parse(_ text: String) -> Set<TargetBehaviour> {
        guard !text.isEmpty else { return [] }
        return Set(text.split(separator: " ").compactMap { TargetBehaviour(rawValue: String($0)) })
    }
}
