// What a function is: its signature, its words, its examples and its code.

/// A function of the mapping language.
public struct ExpressionFunction: Sendable {
    /// What a call has to obey besides its parameters.
    public struct Rules: OptionSet, Hashable, Sendable {
        /// The set as bits.
        public let rawValue: Int
        /// Makes a set of bits.
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// The number of arguments is even.
        public static let pairs = Rules(rawValue: 1)
        /// The call stands in no other.
        public static let outermostOnly = Rules(rawValue: 2)
    }

    /// How a function computes its value.
    typealias Body =
        @Sendable (FunctionCall, inout Evaluator) throws(EvaluationStop) -> ExpressionValue

    /// The name, case-sensitive.
    public let name: String
    /// What it does, in one sentence.
    public let summary: String
    /// The parameters in the order of the arguments.
    public let parameters: [FunctionParameter]
    /// The parameters of an older form, told apart by the number of arguments.
    public let formerParameters: [FunctionParameter]?
    /// Whether the service's published metadata set has it.
    ///
    /// Follows graph-api's documented exchange of `GET …/schema/functions`; the other
    /// functions are in the reference for expressions only.
    public let isPublished: Bool
    /// What calls have to obey.
    public let rules: Rules
    /// Calls and what they give.
    public let examples: [FunctionExample]
    let body: Body

    init(
        _ name: String, _ summary: String, _ parameters: [FunctionParameter],
        former formerParameters: [FunctionParameter]? = nil, isPublished: Bool = false,
        rules: Rules = [], examples: [FunctionExample], body: @escaping Body
    ) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.formerParameters = formerParameters
        self.isPublished = isPublished
        self.rules = rules
        self.examples = examples
        self.body = body
    }

    /// The parameters of the published metadata: the older form where there are two.
    public var publishedParameters: [FunctionParameter]? {
        isPublished ? formerParameters ?? parameters : nil
    }

    /// The parameters that a call with so many arguments fills.
    func parameters(forArgumentCount count: Int) -> [FunctionParameter] {
        guard let formerParameters, formerParameters.count == count else { return parameters }
        return formerParameters
    }

    /// The parameter an argument belongs to, if any.
    func parameter(at index: Int) -> FunctionParameter? {
        FunctionParameter.find(in: parameters, at: index)
    }

    func minimumArguments(of parameters: [FunctionParameter]) -> Int {
        let lastRequired = parameters.lastIndex(where: \.isRequired)
        return lastRequired.map { $0 + parameters[$0].minimumOccurrences } ?? 0
    }

    /// How many arguments a call takes, in words.
    func argumentCountWords(of parameters: [FunctionParameter]) -> String {
        let minimum = minimumArguments(of: parameters)
        if parameters.last?.repeats == true {
            return "at least \(minimum) argument\(minimum == 1 ? "" : "s")"
        }
        let maximum = parameters.count
        let plural = maximum == 1 ? "" : "s"
        switch maximum {
        case 0: return "no arguments"
        case minimum: return "\(maximum) argument\(plural)"
        default: return "\(minimum) to \(maximum) argument\(plural)"
        }
    }
}
