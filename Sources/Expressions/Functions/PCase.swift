// PCase(source, wordSeparators)

extension ExpressionFunction {
    /// Lower case with a capital at the start of each word.
    ///
    /// Without separators the words are those of .NET's `ToTitleCase`; separators given replace
    /// that set.
    static let pCase = ExpressionFunction(
        "PCase", "Capitalises the first letter of each word and lowers the others.",
        [FunctionParameter("source"), .optional("wordSeparators")],
        examples: [
            FunctionExample(
                "PCase([name])", ["name": ["PABLO GONSALVES (SECOND)"]],
                gives: "Pablo Gonsalves (Second)"),
            FunctionExample(
                "PCase([name], \" '-\")", ["name": ["PINTO-DE'SILVA"]], gives: "Pinto-De'Silva"),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        guard let source = try evaluator.text(call, 0) else { return .null }
        guard let separators = try evaluator.text(call, 1) else {
            return .text(TitleCase.apply(to: source))
        }
        return .text(TitleCase.apply(to: source, separators: separators))
    }
}
