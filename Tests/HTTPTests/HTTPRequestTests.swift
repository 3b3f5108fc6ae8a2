// A request as a value, and its path in segments.

import HTTP
import Testing

struct HTTPRequestTests {
    @Test func findsFieldsWithoutRegardToCase() {
        let request = HTTPRequest(
            fields: [
                HTTPField("Content-Type", "a"), HTTPField("content-type", "b"),
                HTTPField("X-É", "c"),
            ])
        #expect(request.value(of: "CONTENT-TYPE") == "a")
        #expect(request.value(of: "Content-Typ") == nil)
        #expect(request.value(of: "content_type") == nil)
        // Only ASCII letters have two cases here.
        #expect(request.value(of: "x-É") == "c")
        #expect(request.value(of: "x-é") == nil)
        #expect(HTTPResponse(fields: request.fields).value(of: "content-TYPE") == "a")
    }

    @Test(arguments: [
        ("/", []), ("", []), ("/a", ["a"]), ("/a/b", ["a", "b"]), ("/a/", ["a", ""]),
        ("//a", ["", "a"]), ("/a%2Fb/c", ["a/b", "c"]), ("/%00/x+y", ["\0", "x+y"]),
        ("/k%c3%a4se", ["käse"]), ("*", ["*"]), ("/a;v=1", ["a;v=1"]),
    ])
    func splitsThePathBeforeDecoding(path: String, segments: [String]) {
        #expect(HTTPRequest(path: path).pathSegments == segments)
    }

    @Test(arguments: ["/a/%", "/%4", "/%4x/b", "/%FF", "/a%C3/%A4"])
    func hasNoSegmentsForMalformedEscapes(path: String) {
        #expect(HTTPRequest(path: path).pathSegments == nil)
    }

    @Test func decodesEscapesOnly() {
        #expect(HTTPRequest.percentDecode("a%20b+c"[...]) == "a b+c")
        #expect(HTTPRequest.percentDecode("plain"[...]) == "plain")
        #expect(HTTPRequest.percentDecode("%2") == nil)
    }
}
