// Targets split into path and query.

import Testing

@testable import HTTP

struct RequestTargetTests {
    @Test(
        arguments: [
            ("/a?b", "/a", "b"), ("/a", "/a", nil), ("/a?", "/a", ""), ("/a?b?c", "/a", "b?c"),
            ("*", "*", nil), ("http://h/a?b", "/a", "b"), ("HTTPS://u@h:1?b", "/", "b"),
            ("http://[::1]:80/a", "/a", nil), ("http://h", "/", nil), ("http://", "/", nil),
            ("http:/", "http:/", nil), ("host:443", "host:443", nil), ("?x", "/", "x"),
            ("", "/", nil), ("/http://h/a", "/http://h/a", nil), ("a b://h/c", "a b://h/c", nil),
            ("//h/a", "//h/a", nil), ("/%2F%00", "/%2F%00", nil),
        ] as [(String, String, String?)])
    func splits(raw: String, path: String, query: String?) {
        var bytes = Array(raw.utf8)
        let target = bytes.withUnsafeMutableBufferPointer {
            RequestTarget(parsing: UnsafeBufferPointer($0))
        }
        #expect(target.path == path)
        #expect(target.query == query)
    }
}
