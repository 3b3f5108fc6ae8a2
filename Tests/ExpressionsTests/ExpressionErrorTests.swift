// The caret under an error, and the errors of evaluations.

import Expressions
import Testing

struct ExpressionErrorTests {
    private func error(
        _ text: String, _ attributes: [String: ExpressionValue] = [:],
        limits: ExpressionLimits = .standard
    ) -> ExpressionError? {
        var context = EvaluationContext(attributes: attributes)
        do throws(ExpressionError) {
            _ = try MappingExpression(parsing: text, limits: limits).evaluate(in: &context)
            return nil
        } catch {
            return error
        }
    }

    @Test func caretStandsUnderThePlace() {
        let text = "Append([a], Item([b], 0))"
        #expect(
            error(text, ["a": "x", "b": "y"])?.caret(in: text) == """
                Append([a], Item([b], 0))
                                      ^ Item: the argument 'index' expects an index from 1 to 1, found 0
                """)
    }

    @Test func caretShowsTheLineOfThePlace() {
        let text = "Join(\" \",\n\t[a], Now()\n)"
        #expect(
            error(text)?.caret(in: text)
                == "\t[a], Now()\n\t     ^^^^^ Now needs the current time, which this evaluation was not given"
        )
    }

    @Test func caretCountsCharactersNotBytes() {
        let text = "Append(\"ä😀\", Nope())"
        #expect(
            error(text)?.caret(in: text) == """
                Append("ä😀", Nope())
                             ^^^^ no function is named 'Nope'
                """)
    }

    @Test func caretStandsAtTheEndOfAnOpenCall() {
        let text = "Append([a]"
        #expect(
            error(text)?.caret(in: text) == """
                Append([a]
                          ^ found the end where ',' or ')' was expected
                """)
    }

    @Test func caretOfAnotherTextStaysInside() {
        let far = ExpressionError(.textNotClosed, at: 90..<99)
        #expect(far.caret(in: "[a]") == "[a]\n   ^ \(far)")
        #expect(far.caret(in: "") == "\n^ \(far)")
    }

    @Test(arguments: [
        (
            "ToLower([m])",
            "ToLower: the argument 'source' expects one value, found 2 values"
        ),
        (
            "Left(\"x\", [a])",
            "Left: the argument 'NumChars' expects a whole number, found 'text'"
        ),
        ("CDate([a])", "CDate: the argument 'Expression' expects a date, found 'text'"),
        (
            "IIF([a] > 1, 2, 3)",
            "'>': the argument '[a]' expects two numbers or two dates to put in order, found 'text'"
        ),
        (
            "IIF([none] = \"x\", 2, 3)",
            "IIF: a condition on a null or empty value is not supported; use Switch instead"
        ),
        (
            "IIF([a] <> \"\", 2, 3)",
            "IIF: a comparison with \"\" is not supported; use Switch instead"
        ),
        (
            "IIF(IsPresent([a]), 2, 3)",
            "IIF: IsNullOrEmpty and IsPresent are not supported as conditions; use Switch instead"
        ),
        (
            "Replace([a], , \"(\", , \"\", , )",
            "Replace: the argument 'RegularExpression' is a regular expression that is invalid at "
                + "offset 1: missing closing parenthesis"
        ),
        (
            "DateAdd(\"w\", 1, \"2020-01-01\")",
            "DateAdd: the argument 'interval' expects one of the intervals \"yyyy\", \"m\", \"ww\", "
                + "\"d\", \"h\", \"n\", \"s\", found 'w'"
        ),
        (
            "DateAdd(\"yyyy\", 8000, \"2020-01-01\")",
            "DateAdd: the result lies outside the years 1 to 9999"
        ),
        ("Guid()", "Guid needs a random source, which this evaluation was not given"),
    ])
    func namesFunctionArgumentAndExpectation(_ text: String, message: String) {
        #expect(error(text, ["a": "text", "m": ["p", "q"]])?.description == message)
    }

    @Test func escrowErrorListsWhatWasTried() throws {
        var context = EvaluationContext(attributes: [:], isTaken: { _ in true })
        let expression = try MappingExpression(parsing: "SelectUniqueValue(\"a\", \"b\")")
        let error = #expect(throws: ExpressionError.self) {
            try expression.evaluate(in: &context)
        }
        #expect(error?.reason == .noUniqueValue(function: "SelectUniqueValue", tried: ["a", "b"]))
        #expect(
            error?.description
                == "SelectUniqueValue: every value is taken in the target: 'a', 'b'")
    }
}
