// The one error of the mapping language: what went wrong and where in the text.

/// Why an expression cannot be parsed or evaluated, as facts.
public struct ExpressionError: Error, Hashable, Sendable {
    /// What went wrong.
    public let reason: Reason

    /// The place in the text, in UTF-8 offsets; empty where the text itself is to blame.
    public let range: Range<Int>

    /// Makes an error for a place in the text.
    public init(_ reason: Reason, at range: Range<Int>) {
        self.reason = reason
        self.range = range
    }
}

extension ExpressionError {
    /// The kinds of error, with the names and values that belong to each.
    public enum Reason: Hashable, Sendable {
        // Text to tree.

        /// The text has more characters than allowed.
        case textTooLong(limit: Int, found: Int)
        /// Calls stand deeper in each other than allowed.
        case nestingTooDeep(limit: Int)
        /// One thing stands where another had to be.
        case unexpected(found: String, expected: String)
        /// A text constant has no closing quotation mark.
        case textNotClosed
        /// An attribute has no closing bracket.
        case attributeNotClosed
        /// The brackets of an attribute hold no name, or one that cannot be written in brackets.
        case attributeNameInvalid(String)
        /// A backslash stands before something other than a quotation mark or a backslash.
        case escapeUnknown(String)
        /// Digits are followed by something that makes no number of the language.
        case numberInvalid(String)
        /// A bare word is neither a function nor a constant of the language.
        case wordUnknown(String)
        /// A call names a function that does not exist.
        case functionUnknown(name: String, suggestion: String?)
        /// `AND`, `OR` or `NOT` stands in a condition.
        case logicalOperator(String)
        /// A comparison stands where only a value may.
        case comparisonNotAllowed(function: String?)
        /// A call has too few or too many arguments.
        case argumentCount(function: String, expected: String, found: Int)
        /// A required argument is blank.
        case argumentMissing(function: String, argument: String)
        /// Keys and values do not come in pairs.
        case argumentsUnpaired(function: String, found: Int)
        /// A function that must be outermost stands inside another.
        case notOutermost(function: String)
        /// A stored mapping source has a parameter its function does not know.
        case parameterUnknown(function: String, key: String)
        /// A stored mapping source has a parameter twice that occurs once.
        case parameterRepeated(function: String, key: String)

        // Tree to value.

        /// An argument has a value the function cannot take.
        case argumentInvalid(function: String, argument: String, expected: String, found: String)
        /// The arguments given make none of the function's forms.
        case argumentsDisagree(function: String, expected: String)
        /// A condition is of a form the service documents as unsupported.
        case conditionUnsupported(function: String, fault: ConditionFault)
        /// A regular expression is invalid or reached a limit.
        case regularExpression(function: String, argument: String, RegularExpression.Failure)
        /// Every candidate is taken in the target.
        case noUniqueValue(function: String, tried: [String])
        /// The function needs something the caller did not give.
        case contextMissing(function: String, part: ContextPart)
        /// Date arithmetic left the years 1 to 9999.
        case dateOutOfRange(function: String)
        /// The evaluation took more steps than allowed.
        case tooManySteps(limit: Int)
        /// A value is larger than allowed.
        case resultTooLarge(limitBytes: Int)
    }

    /// The forms of a condition that the service documents as unsupported.
    public enum ConditionFault: String, Hashable, Sendable {
        /// A side of the comparison, or the condition itself, is null or empty.
        case emptySource
        /// A side of the comparison is the constant `""`.
        case comparisonWithEmptyText
        /// The condition is a call of `IsNullOrEmpty` or `IsPresent`.
        case presenceTest
    }

    /// What an evaluation may need from outside.
    public enum ContextPart: String, Hashable, Sendable {
        /// The current time.
        case now
        /// The random source.
        case random
        /// The tenant's default domain.
        case defaultDomain
        /// The look-up that tells whether a value is taken in the target.
        case isTaken
    }
}
