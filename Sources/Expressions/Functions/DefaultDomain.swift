// DefaultDomain()

extension ExpressionFunction {
    /// The tenant's default domain; the function is in the service's metadata only.
    static let defaultDomain = ExpressionFunction(
        "DefaultDomain", "Gives the tenant's default domain.", [],
        isPublished: true,
        examples: [FunctionExample("DefaultDomain()", gives: "contoso.onmicrosoft.com")]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let domain = evaluator.context.defaultDomain else {
            throw call.failure(
                .contextMissing(function: call.function.name, part: .defaultDomain))
        }
        return .text(domain)
    }
}
