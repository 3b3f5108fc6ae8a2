// Replace(source, Find, RegularExpression, RegularExpressionGroupName, Replacement,
//         ReplacementPropertyName, Template)

extension ExpressionFunction {
    /// Replaces parts of a text, in one of five ways that the arguments given decide.
    ///
    /// The parameters have the names of the service's metadata; its reference calls them
    /// source, oldValue, regexPattern, regexGroupName, replacementValue,
    /// replacementAttributeName and template.
    ///
    /// Unverified: a null source gives null, and with a named group a replacement is plain text.
    static let replace = ExpressionFunction(
        "Replace", "Replaces parts of a text, found by text or by regular expression.",
        [
            FunctionParameter("source"), .optional("Find"), .optional("RegularExpression"),
            .optional("RegularExpressionGroupName"), .optional("Replacement"),
            .optional("ReplacementPropertyName"), .optional("Template"),
        ],
        isPublished: true,
        examples: [
            FunctionExample(
                "Replace([mail], \"@contoso.com\", , , \"\", , )",
                ["mail": ["ada@contoso.com"]], gives: "ada"),
            FunctionExample(
                "Replace([user], \"<name>\", , , , , \"<name>@contoso.com\")",
                ["user": ["ada"]], gives: "ada@contoso.com"),
            FunctionExample(
                #"Replace([phone], , "\\+(?<isd>\\d* )(?<number>\\d{10})", , "${number}", , )"#,
                ["phone": ["+91 9998887777"]], gives: "9998887777"),
            FunctionExample(
                #"Replace([upn], , "(?<Suffix>@(.)*)", "Suffix", "", , )"#,
                ["upn": ["ada@contoso.com"]], gives: "ada"),
            FunctionExample(
                #"Replace([phone], , "(?<digits>\\d+)", "digits", , [mobile], )"#,
                ["mobile": ["+888"]], gives: "888"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        try ReplaceForm(call).evaluate(&evaluator)
    }
}
