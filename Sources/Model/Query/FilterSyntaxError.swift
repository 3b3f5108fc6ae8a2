// Why a text is no filter, as facts.

/// What is wrong with a filter's text.
public enum FilterSyntaxError: Error, Sendable, Equatable {
    /// The token of this number, counted from 1, does not belong there.
    case unexpectedToken(Int)
    case unterminatedString
    /// The type lacks the property.
    case unknownProperty(name: String, type: String)
    case unknownFunction(String)
    case unknownOperator(String)
    /// The text is a value, not a condition.
    case noCondition
    /// The sides of an operator do not fit: `Edm.String` and `Edm.Boolean` of `Equal`.
    case incompatibleTypes(left: String, right: String, comparison: FilterComparison)
    /// A function's argument has a type that it does not take.
    case wrongArgument(function: String, property: String, type: String)
    /// A collection where a single value is wanted.
    case collection(property: String)
    /// `any` and `all` of something that is no collection.
    case noCollection(property: String)
    /// A literal that means nothing: `2026-13-01`, an unknown member of an enumeration.
    case badLiteral(String)
    case tooDeep
    case tooManyTerms
    /// A search names a property that it can't look into.
    case notSearchable(property: String)
}
