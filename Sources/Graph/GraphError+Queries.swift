// The catalogue's part of queries: what options of lists are refused with.

import Model

extension GraphError {
    /// The words for a text that is no filter.
    init(filter error: FilterSyntaxError, _ text: String) {
        self = .invalidFilter(GraphError.problem(error, text))
    }

    /// Unverified: the words for a text that is no search.
    init(search error: FilterSyntaxError, _ text: String) {
        self = GraphError(
            400, "BadRequest", "Invalid search clause: " + GraphError.problem(error, text))
    }

    private static func problem(_ error: FilterSyntaxError, _ text: String) -> String {
        switch error {
        case .unexpectedToken(let number): "Syntax error at token \(number) in '\(text)'."
        case .unterminatedString: "There is an unterminated string literal in '\(text)'."
        case .unknownProperty(let name, let type):
            type.hasPrefix("Edm.")
                ? "Could not find a property named '\(name)' on type '\(type)'."
                : "Could not find a property named '\(name)' on type 'microsoft.graph.\(type)'."
        case .unknownFunction(let name):
            "An unknown function with name '\(name)' was found. This may also be a function import "
                + "or a key lookup on a navigation property, which is not allowed."
        case .unknownOperator(let word): "'\(word)' is no operator in '\(text)'."
        case .noCondition: "The $filter expression must evaluate to a single boolean value."
        case .incompatibleTypes(let left, let right, let comparison):
            "A binary operator with incompatible types was detected. Found operand types "
                + "'\(left)' and '\(right)' for operator kind '\(comparison.kindName)'."
        case .wrongArgument(let function, let property, let type):
            "No function signature for the function with name '\(function)' matches the "
                + "specified arguments: '\(property)' is '\(type)'."
        case .collection(let property): "The property '\(property)' is a collection."
        case .noCollection(let property): "The property '\(property)' is no collection."
        case .badLiteral(let literal): "The literal '\(literal)' has no value."
        case .tooDeep: "The filter is nested too deeply."
        case .tooManyTerms: "The filter has too many terms."
        case .notSearchable(let property): "The property '\(property)' can't be searched."
        }
    }

    static func needsAdvanced(_ operation: String) -> GraphError {
        GraphError(
            400, "Request_UnsupportedQuery",
            "Operator '\(operation)' is not supported because the required parameters might be "
                + "missing. Try adding $count=true query parameter and ConsistencyLevel:eventual "
                + "header. Refer to https://aka.ms/graph-docs/advanced-queries for more information"
        )
    }

    static let sortingNotSupported = GraphError(
        400, "Request_UnsupportedQuery", "Sorting not supported for current query.")

    static let searchNeedsHeader = GraphError(
        400, "Request_UnsupportedQuery",
        "Request with $search query parameter only works through MSGraph with a special request "
            + "header: 'ConsistencyLevel: eventual'")

    static let countNotSupported = GraphError(
        400, "Request_BadRequest", "$count is not currently supported.")

    /// Unverified: the words for `$expand` beside the parameters of advanced queries.
    static let expandNotSupported = GraphError(
        400, "Request_UnsupportedQuery", "Expand is not supported for current query.")

    /// Differs from Entra: a collection of several kinds of objects is filtered and sorted after a cast.
    static let mixedFilterNotSupported = GraphError(
        400, "Request_UnsupportedQuery",
        "Filtering and sorting objects of several types is not emulated; cast the collection, as in "
            + "'members/microsoft.graph.user'.")

    static func orderByUnknown(_ property: String, on type: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "Could not find a property named '\(property)' on type 'microsoft.graph.\(type)'.")
    }

    static func notExpandable(_ property: String, of type: String) -> GraphError {
        GraphError(
            400, "BadRequest",
            "Parsing OData Select and Expand failed: Property '\(property)' on type "
                + "'microsoft.graph.\(type)' is not a navigation property or complex property. Only "
                + "navigation properties can be expanded.")
    }

    /// Unverified: the code and words for a delta token that can't be read or is of another tenant.
    static let syncStateNotFound = GraphError(
        410, "syncStateNotFound",
        "The sync state generation is not found; begin again without a token.")

    /// Unverified: the words for a filter that delta queries do not take.
    static let deltaFilterNotSupported = GraphError(
        400, "Request_UnsupportedQuery",
        "Delta queries filter by up to 50 values of 'id' joined by 'or' only.")
}

extension FilterComparison {
    /// The operator as messages name it.
    fileprivate var kindName: String {
        switch self {
        case .equal: "Equal"
        case .notEqual: "NotEqual"
        case .greater: "GreaterThan"
        case .greaterOrEqual: "GreaterThanOrEqual"
        case .less: "LessThan"
        case .lessOrEqual: "LessThanOrEqual"
        }
    }
}
