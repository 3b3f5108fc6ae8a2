// Where parse errors point and what they say.

import Expressions
import Testing

struct ExpressionParserTests {
    @Test(arguments: [
        ("↓", "found the end where a function, an attribute or a constant was expected"),
        ("Append([a] ↓\"b\")", "found the text \"b\" where ',' or ')' was expected"),
        ("Append([a], \"b\"↓", "found the end where ',' or ')' was expected"),
        ("Append([a], \"b\")↓)", "found ')' where the end of the expression was expected"),
        ("↓[open", "the attribute has no closing bracket"),
        ("Append(↓\"open)", "the text constant has no closing quotation mark"),
        ("Append(↓[], \"x\")", "the brackets hold no attribute name"),
        (
            "ToLower(\"a↓\\d\")",
            "'\\d' is no escape; write \\\\ for a backslash and \\\" for a quotation mark"
        ),
        ("Mid([a], ↓1.5, 2)", "'1.5' is no whole number; write other values in quotation marks"),
        (
            "Switch([a], ↓True, \"x\", \"y\")",
            "'True' is not known; write text in quotation marks and attributes in brackets"
        ),
        ("↓append([a], \"x\")", "no function is named 'append'; did you mean 'Append'?"),
        ("↓Nope()", "no function is named 'Nope'"),
        (
            "IIF([a]=\"1\" ↓AND [b]=\"2\", \"x\", \"y\")",
            "the language has no AND; nest IIF calls instead"
        ),
        ("IIF(↓NOT [a]=\"1\", \"x\", \"y\")", "the language has no NOT; nest IIF calls instead"),
        ("[a] ↓= \"x\"", "a comparison is no value; use it as the condition of IIF or CBool"),
        ("Append([a] ↓= \"x\", \"y\")", "Append takes no comparison here; only IIF and CBool do"),
        ("IIF([a] = \"x\" ↓= \"y\", 1, 2)", "found '=' where ',' or ')' was expected"),
        (
            "IIF([a] = ↓, 1, 2)",
            "found ',' where a function, an attribute or a constant was expected"
        ),
        ("[a] ↓& [b]", "found '&' where a value or an &H number was expected"),
        ("↓é", "found 'é' where a value was expected"),
        ("ToLower(↓Append([a]))", "Append expects 2 arguments, found 1"),
        ("↓Guid(1)", "Guid expects no arguments, found 1"),
        ("↓FormatDateTime([a])", "FormatDateTime expects 4 arguments, found 1"),
        ("↓InStr(\"a\")", "InStr expects 2 to 4 arguments, found 1"),
        ("↓SelectUniqueValue(\"a\")", "SelectUniqueValue expects at least 2 arguments, found 1"),
        ("↓Append([a], )", "Append: the argument 'suffix' is required"),
        (
            "↓Switch([a], \"d\", \"k\")",
            "Switch expects keys and values in pairs, so an even number of arguments, found 3"
        ),
        (
            "Append(↓SelectUniqueValue(\"a\", \"b\"), \"c\")",
            "SelectUniqueValue must be the outermost function"
        ),
        (
            "Mid([a], ↓\"one\", 2)",
            "Mid: the argument 'start' expects a whole number, found 'one'"
        ),
    ])
    func pointsAtTheFault(_ marked: String, message: String) throws {
        let marked = Marked(marked)
        let error = try #require(throws: ExpressionError.self) {
            try MappingExpression(parsing: marked.text)
        }
        #expect(error.description == message)
        #expect(error.range.lowerBound == marked.offset, "\(marked)")
    }

    @Test func takesTextsUpToTheLimit() throws {
        let padding = String(repeating: " ", count: ExpressionLimits.standard.characters - 3)
        #expect(throws: Never.self) { try MappingExpression(parsing: "[a]" + padding) }
        let error = #expect(throws: ExpressionError.self) {
            try MappingExpression(parsing: "[a] " + padding)
        }
        #expect(error?.reason == .textTooLong(limit: 10_000, found: 10_001))
    }

    @Test func countsCharactersAsUTF16() throws {
        let text = "\"" + String(repeating: "😀", count: 5_000) + "\""
        let error = #expect(throws: ExpressionError.self) {
            try MappingExpression(parsing: text)
        }
        #expect(error?.reason == .textTooLong(limit: 10_000, found: 10_002))
    }

    @Test func takesNestingUpToTheLimit() throws {
        let limit = ExpressionLimits.standard.depth
        let nested = { (depth: Int) in
            String(repeating: "CStr(", count: depth) + "[a]"
                + String(repeating: ")", count: depth)
        }
        var context = EvaluationContext(attributes: ["a": "x"])
        let deepest = try MappingExpression(parsing: nested(limit))
        #expect(try deepest.evaluate(in: &context).values == ["x"])
        let error = #expect(throws: ExpressionError.self) {
            try MappingExpression(parsing: nested(limit + 1))
        }
        #expect(error?.reason == .nestingTooDeep(limit: limit))
        #expect(error?.range.lowerBound == 5 * limit)
    }

    @Test func readsTheLongestListOfArguments() throws {
        let text = "Join(\"\"" + String(repeating: ",1", count: 4_990) + ")"
        var context = EvaluationContext(attributes: [:])
        let result = try MappingExpression(parsing: text).evaluate(in: &context)
        #expect(result.values == [String(repeating: "1", count: 4_990)])
    }
}
