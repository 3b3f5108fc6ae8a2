// One clause of a group.

/// One condition on one attribute.
public struct ScopingClause: Hashable, Sendable {
    /// The operator, spelled as in the table of operators.
    public var operatorName: String
    /// The source attribute.
    public var sourceOperandName: String
    /// The values to compare with; none for a unary operator.
    public var values: [String]

    /// Makes a clause.
    public init(operatorName: String, sourceOperandName: String, values: [String] = []) {
        self.operatorName = operatorName
        self.sourceOperandName = sourceOperandName
        self.values = values
    }
}
