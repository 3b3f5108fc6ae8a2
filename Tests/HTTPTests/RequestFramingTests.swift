// What header fields say about framing.

import Testing

@testable import HTTP

struct RequestFramingTests {
    @Test(
        arguments: [
            (["HOST: a"], "HTTP/1.1", nil), ([], "HTTP/1.0", nil), ([], "HTTP/1.1", .missingHost),
            (["Host:"], "HTTP/1.1", nil), (["Host: a", "host: a"], "HTTP/1.1", .ambiguousFraming),
            (["Host: a", "Content-Length: 1"], "HTTP/1.1", nil),
            (["Host: a", "Transfer-Encoding: Chunked"], "HTTP/1.1", nil),
            (["Host: a", "Transfer-Encoding: chunked "], "HTTP/1.1", .ambiguousFraming),
            (["Host: a", "Transfer-Encoding: identity"], "HTTP/1.1", .ambiguousFraming),
            (["Transfer-Encoding: chunked"], "HTTP/1.0", .ambiguousFraming),
            (["Host: a", "Content-Length: 1", "Content-Length: 1"], "HTTP/1.1", .ambiguousFraming),
        ] as [([String], String, HTTPRefusal?)])
    func judges(fields: [String], version: String, refusal: HTTPRefusal?) {
        let framing = Self.framing(of: fields)
        var bytes = Array(version.utf8)
        let found = bytes.withUnsafeMutableBufferPointer {
            framing.refusal(version: UnsafeBufferPointer($0))
        }
        #expect(found == refusal)
    }

    @Test func notesLengthAndExpectation() {
        let framing = Self.framing(of: ["content-LENGTH: 17", "Expect: 100-Continue"])
        #expect(framing.contentLength == 17)
        #expect(framing.expectsContinue)
        #expect(Self.framing(of: ["Expect: 200-ok"]).expectsContinue == false)
        #expect(Self.framing(of: ["Content-Length: 99999999999999999999"]).contentLength == nil)
    }

    private static func framing(of fields: [String]) -> RequestFraming {
        var framing = RequestFraming()
        for field in fields {
            let parts = field.split(separator: ":", maxSplits: 1).map(String.init)
            var name = Array(parts[0].utf8)
            var value = Array((parts.count > 1 ? parts[1].dropFirst() : "").utf8)
            name.withUnsafeMutableBufferPointer { name in
                value.withUnsafeMutableBufferPointer { value in
                    framing.note(
                        name: UnsafeBufferPointer(name), value: UnsafeBufferPointer(value))
                }
            }
        }
        return framing
    }
}
