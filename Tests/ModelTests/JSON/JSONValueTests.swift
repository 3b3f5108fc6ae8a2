// What a value says of itself.

import Model
import Testing

struct JSONValueTests {
    private static let values: [JSONValue] = [
        nil, true, 1, .number(1), "text", [1], ["a": 1],
    ]

    @Test func eachKindAnswersToItsOwnAccessorOnly() {
        let values = JSONValueTests.values
        #expect(values.map(\.isNull) == [true] + Array(repeating: false, count: 6))
        #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
        #expect(values.map(\.integer) == [nil, nil, 1, nil, nil, nil, nil])
        #expect(values.map(\.string) == [nil, nil, nil, nil, "text", nil, nil])
        #expect(values.map(\.array) == [nil, nil, nil, nil, nil, [1], nil])
        #expect(
            values.map(\.object) == [nil, nil, nil, nil, nil, nil, JSONObject([("a", 1)])])
    }

    @Test func kindsDiffer() {
        #expect(Set(JSONValueTests.values).count == JSONValueTests.values.count)
    }

    @Test func missingTextIsNull() {
        #expect(JSONValue.optional(nil) == .null)
        #expect(JSONValue.optional("") == .string(""))
    }
}
