// An example of a function, which the tests run.

/// An expression with the attributes it reads and what it gives.
public struct FunctionExample: Hashable, Sendable {
    /// The text to parse.
    public let expression: String
    /// The source object.
    public let attributes: [String: [String]]
    /// The values it gives; nil where they vary, as with random ones.
    public let values: [String]?

    init(_ expression: String, _ attributes: [String: [String]] = [:], gives values: [String]?) {
        self.expression = expression
        self.attributes = attributes
        self.values = values
    }

    init(_ expression: String, _ attributes: [String: [String]] = [:], gives value: String) {
        self.init(expression, attributes, gives: [value])
    }
}
