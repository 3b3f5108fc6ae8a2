// AssertiveAppRoleAssignmentsComplex([appRoleAssignments])

extension ExpressionFunction {
    /// All roles as members of the SCIM `roles` attribute, which a PATCH replaces.
    ///
    /// Shape: `{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"Admin",
    /// "value":"Admin"}`; the caller writes each as an object, not as text.
    static let assertiveAppRoleAssignmentsComplex = ExpressionFunction(
        "AssertiveAppRoleAssignmentsComplex",
        "Gives all assigned roles, each as an object of the SCIM roles attribute.",
        [FunctionParameter("appRoleAssignments")],
        examples: [
            FunctionExample(
                "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])",
                ["appRoleAssignments": ["User"]],
                gives: #"{"primary":false,"type":"WindowsAzureActiveDirectoryRole","#
                    + #""display":"User","value":"User"}"#)
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let assigned = try evaluator.value(call, 0).texts
        return .texts(assigned.map { evaluator.context.role(assigned: $0).memberText })
    }
}
