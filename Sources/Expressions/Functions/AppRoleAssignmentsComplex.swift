// AppRoleAssignmentsComplex([appRoleAssignments])

extension ExpressionFunction {
    /// All roles as texts of JSON objects, which a PATCH adds to what is there.
    ///
    /// Shape: `{"id":"…","value":"Admin","displayName":"Admin"}`. A role the context does not
    /// know has its display name only.
    static let appRoleAssignmentsComplex = ExpressionFunction(
        "AppRoleAssignmentsComplex", "Gives all assigned roles, each as a JSON text.",
        [FunctionParameter("appRoleAssignments")],
        examples: [
            FunctionExample(
                "AppRoleAssignmentsComplex([appRoleAssignments])",
                ["appRoleAssignments": ["User"]], gives: #"{"displayName":"User"}"#)
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let assigned = try evaluator.value(call, 0).texts
        return .texts(assigned.map { evaluator.context.role(assigned: $0).assignmentText })
    }
}
