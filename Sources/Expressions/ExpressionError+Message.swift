// The words of an expression error, for command lines and `parseExpression`.

extension ExpressionError: CustomStringConvertible {
    /// One sentence that names the function, the argument and what was expected.
    public var description: String {
        switch reason {
        case .textTooLong(let limit, let found):
            "the expression has \(found) characters; at most \(limit) are allowed"
        case .nestingTooDeep(let limit):
            "functions are nested deeper than \(limit) levels"
        case .unexpected(let found, let expected):
            "found \(found) where \(expected) was expected"
        case .textNotClosed:
            "the text constant has no closing quotation mark"
        case .attributeNotClosed:
            "the attribute has no closing bracket"
        case .attributeNameInvalid(let name):
            name.isEmpty
                ? "the brackets hold no attribute name"
                : "'\(name)' cannot be written as an attribute: its brackets do not balance"
        case .escapeUnknown(let escape):
            "'\(escape)' is no escape; write \\\\ for a backslash and \\\" for a quotation mark"
        case .numberInvalid(let number):
            "'\(number)' is no whole number; write other values in quotation marks"
        case .wordUnknown(let word):
            "'\(word)' is not known; write text in quotation marks and attributes in brackets"
        case .logicalOperator(let word):
            "the language has no \(word); nest IIF calls instead"
        case .parameterUnknown(let function, let key):
            "\(function) has no parameter '\(key)'"
        case .parameterRepeated(let function, let key):
            "\(function) takes its parameter '\(key)' once only"
        case .tooManySteps(let limit):
            "the evaluation takes more than \(limit) steps"
        case .resultTooLarge(let limitBytes):
            "a value grows beyond \(limitBytes) bytes"
        default:
            callDescription
        }
    }

    /// The sentences about calls and their arguments.
    private var callDescription: String {
        switch reason {
        case .functionUnknown(let name, let suggestion):
            suggestion.map { "no function is named '\(name)'; did you mean '\($0)'?" }
                ?? "no function is named '\(name)'"
        case .comparisonNotAllowed(let function):
            function.map { "\($0) takes no comparison here; only IIF and CBool do" }
                ?? "a comparison is no value; use it as the condition of IIF or CBool"
        case .argumentCount(let function, let expected, let found):
            "\(function) expects \(expected), found \(found)"
        case .argumentMissing(let function, let argument):
            "\(function): the argument '\(argument)' is required"
        case .argumentsUnpaired(let function, let found):
            "\(function) expects keys and values in pairs, so an even number of arguments, "
                + "found \(found)"
        case .notOutermost(let function):
            "\(function) must be the outermost function"
        case .argumentInvalid(let function, let argument, let expected, let found):
            "\(function): the argument '\(argument)' expects \(expected), found \(found)"
        case .argumentsDisagree(let function, let expected):
            "\(function) expects \(expected)"
        case .conditionUnsupported(let function, let fault):
            "\(function): \(fault.words); use Switch instead"
        case .regularExpression(let function, let argument, let failure):
            "\(function): the argument '\(argument)' is a regular expression that \(failure)"
        case .noUniqueValue(let function, let tried):
            "\(function): every value is taken in the target: "
                + tried.map { "'\($0)'" }.joined(separator: ", ")
        case .contextMissing(let function, let part):
            "\(function) needs \(part.words), which this evaluation was not given"
        case .dateOutOfRange(let function):
            "\(function): the result lies outside the years 1 to 9999"
        default:
            "the expression cannot be evaluated"
        }
    }
}

extension ExpressionError.ConditionFault {
    /// What the service does not support, as the middle of a sentence.
    var words: String {
        switch self {
        case .emptySource: "a condition on a null or empty value is not supported"
        case .comparisonWithEmptyText: "a comparison with \"\" is not supported"
        case .presenceTest: "IsNullOrEmpty and IsPresent are not supported as conditions"
        }
    }
}

extension ExpressionError.ContextPart {
    /// The part's name in a sentence.
    var words: String {
        switch self {
        case .now: "the current time"
        case .random: "a random source"
        case .defaultDomain: "the default domain"
        case .isTaken: "a look-up of values in the target"
        }
    }
}
