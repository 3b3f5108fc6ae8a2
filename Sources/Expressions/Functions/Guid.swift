// Guid()

extension ExpressionFunction {
    /// A new GUID of the context's random source, in lower case.
    static let guid = ExpressionFunction(
        "Guid", "Makes a new GUID.", [],
        examples: [FunctionExample("Guid()", gives: nil)]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard var random = evaluator.random else {
            throw call.failure(.contextMissing(function: call.function.name, part: .random))
        }
        let guid = random.makeGUID()
        evaluator.random = random
        return .text(guid)
    }
}
