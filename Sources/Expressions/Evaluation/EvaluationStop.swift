// The two ways an evaluation ends before its value is known.

/// Why an evaluation stopped.
enum EvaluationStop: Error {
    /// Something is wrong.
    case failed(ExpressionError)
    /// The attribute must not be written.
    case dropped
}
