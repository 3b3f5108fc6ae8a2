// Values to text: order, escapes, numbers and the layout for people.

import Model
import Testing

struct JSONWriterTests {
    private static let written: [(value: JSONValue, text: String)] = [
        (nil, "null"), (true, "true"), (false, "false"),
        (0, "0"), (-1, "-1"), (.integer(.max), "9223372036854775807"),
        (.integer(.min), "-9223372036854775808"),
        (.number(1), "1.0"), (.number(0.1), "0.1"), (.number(-2.5), "-2.5"),
        (.number(1e21), "1e+21"), (.number(1e-7), "1e-07"),
        (.number(.greatestFiniteMagnitude), "1.7976931348623157e+308"),
        (.number(.leastNonzeroMagnitude), "5e-324"),
        ("", #""""#), ("a", #""a""#), ("a\"b\\c/d", #""a\"b\\c/d""#),
        ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
        ("\u{0}\u{1}\u{1F}\u{7F}", #""\u0000\u0001\u001f"# + "\u{7F}\""),
        ("\"", #""\"""#), ("\\", #""\\""#), ("\na\n", #""\na\n""#),
        ("\u{E9}\u{2028}\u{1F600}", "\"\u{E9}\u{2028}\u{1F600}\""),
        ([], "[]"), ([1, "a", nil, []], #"[1,"a",null,[]]"#),
        ([:], "{}"), (["b": 1, "a": ["c": 2], "\n": 3], #"{"b":1,"a":{"c":2},"\n":3}"#),
    ]

    @Test(arguments: written)
    func writes(value: JSONValue, text: String) throws {
        #expect(value.text == text)
        #expect(value.bytes == Array(text.utf8))
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test func appendsToWhatIsThere() {
        var output = Array("a=".utf8)
        JSONValue.array([1, 2]).write(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "a=[1,2]")
    }

    @Test func indentsForPeople() throws {
        let value: JSONValue = [
            "a": [1, ["b": nil]], "empty": [:], "none": [], "text": "x\ny",
        ]
        let text = #"""
            {
              "a": [
                1,
                {
                  "b": null
                }
              ],
              "empty": {},
              "none": [],
              "text": "x\ny"
            }
            """#
        #expect(value.prettyText == text)
        #expect(try JSONValue(parsing: value.prettyText) == value)
    }

    @Test(arguments: [JSONValue.null, 1, "a", [], [:]])
    func aSingleValueIsTheSameForPeople(value: JSONValue) {
        #expect(value.prettyText == value.text)
    }
}
