// Queries taken apart.

import HTTP
import Testing

struct HTTPQueryTests {
    @Test(
        arguments: [
            (nil, []), ("", []), ("a=b", ["a", "b"]), ("a", ["a", ""]), ("a=", ["a", ""]),
            ("=b", ["", "b"]), ("a=b=c", ["a", "b=c"]), ("a=1&a=2", ["a", "1", "a", "2"]),
            ("&&a=1&", ["a", "1"]), ("%24top=5&$skip=1", ["$top", "5", "$skip", "1"]),
            ("q=a+b%2Bc%20d", ["q", "a b+c d"]), ("q=%26%3D%25", ["q", "&=%"]),
            ("q=k%C3%A4se", ["q", "käse"]), ("q=käse", ["q", "käse"]), ("n=%00", ["n", "\0"]),
        ] as [(String?, [String])])
    func parses(raw: String?, namesAndValues: [String]) throws {
        let query = try HTTPQuery(parsing: raw)
        #expect(query.flatMap { [$0.name, $0.value] } == namesAndValues)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%4g", "%=1", "a=%C3", "a=%FF%FE", "x=1%2"])
    func refusesMalformedEscapes(parameter: String) {
        #expect(throws: HTTPQueryError.malformedEscape(parameter: parameter)) {
            try HTTPQuery(parsing: "good=1&\(parameter)&more=2")
        }
    }

    @Test func givesTheFirstValueOfAName() throws {
        let query = try HTTPQuery(parsing: "a=1&b=2&a=3")
        #expect(query.value(of: "a") == "1")
        #expect(query.value(of: "A") == nil)
    }
}
