// What an operator is: its row in `GET …/schema/filterOperators`, and its test.

internal import Expressions

/// An operator of scoping filters.
public struct ScopingOperator: Sendable {
    /// How many sides an operator has, spelled as on the wire.
    public enum Arity: String, Hashable, Sendable {
        /// The attribute alone.
        case unary = "Unary"
        /// The attribute and a value.
        case binary = "Binary"
    }

    /// The name, as `operatorName` has it.
    public let name: String
    /// How many sides it has.
    public let arity: Arity
    /// The types of attributes it takes, in the service's order.
    public let supportedAttributeTypes: [ScopingAttribute.AttributeType]
    /// Whether the service's published list has it; the portal offers all.
    public let isPublished: Bool
    /// Whether several values of an attribute have to pass all, which they have everywhere.
    public let multivaluedComparisonType = "All"
    /// Turns the value of a clause into a test; nil for an operator that is only listed.
    let makeTest: (@Sendable (String, ScopingLimits) throws(Refusal) -> ScopingTest)?

    /// Why a value makes no test.
    enum Refusal: Error {
        case value(expected: String)
        case regularExpression(RegularExpression.Failure)
    }

    /// An operator that compares an attribute with a value.
    static func binary(
        _ name: String, _ types: [ScopingAttribute.AttributeType], isPublished: Bool = false,
        _ makeTest: @escaping @Sendable (String, ScopingLimits) throws(Refusal) -> ScopingTest
    ) -> ScopingOperator {
        ScopingOperator(
            name: name, arity: .binary, supportedAttributeTypes: types, isPublished: isPublished,
            makeTest: makeTest)
    }

    /// An operator that asks something of an attribute.
    static func unary(
        _ name: String, _ types: [ScopingAttribute.AttributeType], isPublished: Bool = false,
        _ test: ScopingTest
    ) -> ScopingOperator {
        ScopingOperator(
            name: name, arity: .unary, supportedAttributeTypes: types, isPublished: isPublished,
            makeTest: { (_, _) throws(Refusal) in test })
    }

    /// An operator that compares whole numbers; values that are none are false.
    static func comparingIntegers(
        _ name: String, _ holds: @escaping @Sendable (Int64, Int64) -> Bool
    ) -> ScopingOperator {
        .binary(name, [.integer]) { (value, _) throws(Refusal) in
            guard let operand = Int64(value) else { throw .value(expected: "a whole number") }
            return .eachValue { scalar in
                ScopingTest.integer(of: scalar).map { holds($0, operand) } ?? false
            }
        }
    }
}
