// Why a filter is no valid filter, and where.

public import Expressions

/// A fault of a scoping filter, with its place.
public struct ScopingError: Error, Hashable, Sendable {
    /// Where in the filter something is.
    public struct Place: Hashable, Sendable {
        /// The set of groups.
        public let set: ScopingSet
        /// The index of the group in the set.
        public let group: Int
        /// The index of the clause in the group.
        public let clause: Int
    }

    /// The kinds of faults.
    public enum Reason: Hashable, Sendable {
        /// No operator has that name.
        case operatorUnknown(name: String, suggestion: String?)
        /// The service lists the operator but does not support it.
        case operatorUnsupported(name: String)
        /// A binary operator needs exactly one value.
        case valueCount(name: String, found: Int)
        /// The value is not what the operator compares with.
        case valueInvalid(name: String, expected: String, found: String)
        /// The value is no usable regular expression.
        case regularExpression(name: String, RegularExpression.Failure)
        /// The source object has no such attribute.
        case attributeUnknown(String)
        /// The attribute may have several values.
        case attributeMultivalued(String)
        /// The service does not let filters use the attribute.
        case attributeUnfilterable(String)
        /// The operator does not go with the attribute's type.
        case typeUnsupported(name: String, attribute: String, ScopingAttribute.AttributeType)
        /// The filter is longer than allowed.
        case filterTooLong(limit: Int, found: Int)
    }

    /// What is wrong.
    public let reason: Reason
    /// Where; nil for the filter as a whole.
    public let place: Place?

    /// Makes an error.
    public init(_ reason: Reason, at place: Place?) {
        self.reason = reason
        self.place = place
    }
}

extension ScopingError.Place: CustomStringConvertible {
    /// The place as a path in the schema: `groups[0].clauses[1]`.
    public var description: String { "\(set.rawValue)[\(group)].clauses[\(clause)]" }
}

extension ScopingError: CustomStringConvertible {
    /// The place and one sentence that says what is wrong.
    public var description: String {
        place.map { "\($0): \(reason)" } ?? "\(reason)"
    }
}

extension ScopingError.Reason: CustomStringConvertible {
    /// One sentence that says what is wrong.
    public var description: String {
        switch self {
        case .operatorUnknown(let name, let suggestion):
            suggestion.map { "no operator is named '\(name)'; did you mean '\($0)'?" }
                ?? "no operator is named '\(name)'"
        case .operatorUnsupported(let name):
            "the operator '\(name)' is listed but not supported"
        case .valueCount(let name, let found):
            "the operator '\(name)' compares with one value, found \(found)"
        case .valueInvalid(let name, let expected, let found):
            "the operator '\(name)' compares with \(expected), found '\(found)'"
        case .regularExpression(let name, let failure):
            "the operator '\(name)' has a regular expression that \(failure)"
        case .attributeUnknown(let name):
            "the source object has no attribute '\(name)'"
        case .attributeMultivalued(let name):
            "the attribute '\(name)' may have several values, which filters do not take"
        case .attributeUnfilterable(let name):
            "the attribute '\(name)' cannot be used in a filter"
        case .typeUnsupported(let name, let attribute, let type):
            "the operator '\(name)' does not take the attribute '\(attribute)' of type "
                + type.rawValue
        case .filterTooLong(let limit, let found):
            "the filter has \(found) characters; at most \(limit) are allowed"
        }
    }
}
