// AppRoleAssignments(source)

extension ExpressionFunction {
    /// The display names of all assigned roles.
    ///
    /// Unverified: the function is in the service's metadata only.
    static let appRoleAssignments = ExpressionFunction(
        "AppRoleAssignments", "Gives the names of all assigned roles.",
        [FunctionParameter("source")],
        isPublished: true,
        examples: [
            FunctionExample(
                "AppRoleAssignments([appRoleAssignments])",
                ["appRoleAssignments": ["Admin", "User"]], gives: ["Admin", "User"])
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let assigned = try evaluator.value(call, 0).texts
        return .texts(assigned.map { evaluator.context.role(assigned: $0).displayName })
    }
}
