// The front door: an expression as parsed from its text, ready to be printed and evaluated.

/// An expression of an attribute mapping.
///
/// ```swift
/// let expression = try MappingExpression(parsing: "Join(\" \", [givenName], [surname])")
/// var context = EvaluationContext(attributes: ["givenName": "Ada", "surname": "Lovelace"])
/// let result = try expression.evaluate(in: &context)   // values == ["Ada Lovelace"]
/// ```
public struct MappingExpression: Hashable, Sendable {
    /// What the expression says.
    public let tree: ExpressionTree

    /// What parsing was, and evaluation is, allowed to cost.
    public let limits: ExpressionLimits

    /// Parses an expression and checks its calls against the signatures of their functions.
    ///
    /// - Parameters:
    ///   - text: The expression; at most `limits.characters` long.
    ///   - limits: What the expression may cost.
    /// - Throws: `ExpressionError` with the place of the first fault.
    public init(
        parsing text: String, limits: ExpressionLimits = .standard
    ) throws(ExpressionError) {
        var parser = try ExpressionParser(text, limits: limits)
        tree = try parser.parse()
        self.limits = limits
    }

    /// Takes a stored mapping source as an expression.
    ///
    /// - Parameters:
    ///   - source: The source; see `ExpressionTree.init(_:limits:)` for which of its members count.
    ///   - limits: What the expression may cost.
    /// - Throws: `ExpressionError` with the first fault.
    public init(
        _ source: MappingSource, limits: ExpressionLimits = .standard
    ) throws(ExpressionError) {
        tree = try ExpressionTree(source, limits: limits)
        self.limits = limits
    }

    /// Evaluates the expression for one object.
    ///
    /// - Parameter context: The object and its surroundings; its random source moves on.
    /// - Returns: The value to write, or the order not to write.
    /// - Throws: `ExpressionError` when a function refuses its arguments or a limit is reached.
    public func evaluate(
        in context: inout EvaluationContext
    ) throws(ExpressionError) -> EvaluationResult {
        try Evaluator.run(self, in: &context, isRecording: false)
    }

    /// Evaluates the expression and records the value of each part, innermost first.
    ///
    /// - Parameter context: The object and its surroundings; its random source moves on.
    /// - Returns: The result with its `steps` filled.
    /// - Throws: `ExpressionError` as `evaluate(in:)` does.
    public func explain(
        in context: inout EvaluationContext
    ) throws(ExpressionError) -> EvaluationResult {
        try Evaluator.run(self, in: &context, isRecording: true)
    }
}

extension MappingExpression: CustomStringConvertible {
    /// The canonical text.
    public var description: String { tree.description }
}
