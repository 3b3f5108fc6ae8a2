// RandomString(Length, MinimumNumbers, MinimumSpecialCharacters, MinimumCapital,
//              MinimumLowerCase, CharactersToAvoid)

extension ExpressionFunction {
    /// A random text with least numbers of each kind of character, from the context's source.
    ///
    /// Unverified: characters beyond the minimums are of the kinds whose minimum is not 0, and
    /// of all kinds where every minimum is 0.
    static let randomString = ExpressionFunction(
        "RandomString", "Makes a random text with a least number of each kind of character.",
        [
            FunctionParameter("Length", .integer), FunctionParameter("MinimumNumbers", .integer),
            FunctionParameter("MinimumSpecialCharacters", .integer),
            FunctionParameter("MinimumCapital", .integer),
            FunctionParameter("MinimumLowerCase", .integer), .optional("CharactersToAvoid"),
        ],
        examples: [
            FunctionExample("RandomString(6, 3, 0, 0, 3)", gives: nil),
            FunctionExample("RandomString(10, 2, 2, 2, 1, \"?,\")", gives: nil),
        ]
    ) { (call, evaluator) throws(EvaluationStop) in
        let length = try evaluator.requiredInteger(call, 0)
        guard (0...256).contains(length) else {
            throw call.failure(0, expected: "a length from 0 to 256", found: "\(length)")
        }
        var recipe = RandomTextRecipe(length: Int(length))
        for kind in RandomTextRecipe.Kind.allCases {
            let index = kind.rawValue
            let minimum = try evaluator.requiredInteger(call, index)
            guard recipe.require(kind, atLeast: minimum) else {
                throw call.failure(
                    index, expected: "a number that fits the length \(length) with the others",
                    found: "\(minimum)")
            }
        }
        guard recipe.avoid(try evaluator.text(call, 5) ?? "") else {
            throw call.failure(
                5, expected: "at least one character left of each kind asked for",
                found: "every character of one kind")
        }
        guard var random = evaluator.random else {
            throw call.failure(.contextMissing(function: call.function.name, part: .random))
        }
        let text = recipe.makeText(with: &random)
        evaluator.random = random
        return .text(text)
    }
}
