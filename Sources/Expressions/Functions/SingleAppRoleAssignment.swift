// SingleAppRoleAssignment([appRoleAssignments])

extension ExpressionFunction {
    /// The display name of one assigned role.
    ///
    /// Unverified: of several roles the first is taken; the service promises none.
    static let singleAppRoleAssignment = ExpressionFunction(
        "SingleAppRoleAssignment", "Gives the name of one assigned role.",
        [FunctionParameter("source")],
        isPublished: true,
        examples: [
            FunctionExample(
                "SingleAppRoleAssignment([appRoleAssignments])",
                ["appRoleAssignments": ["Admin"]], gives: "Admin")
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        try evaluator.value(call, 0).texts.first.map { assigned in
            .text(evaluator.context.role(assigned: assigned).displayName)
        } ?? .null
    }
}
