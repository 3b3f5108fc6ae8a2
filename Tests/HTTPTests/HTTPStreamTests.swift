// Streams over a live listener: pieces as they come, slow readers, stops; and answers cut on purpose.

import Dispatch
import Foundation
import HTTP
import Testing

struct HTTPStreamTests {
    @Test func piecesArriveAsTheyAreWritten() async throws {
        let streams = Handover<HTTPStream>()
        let handler = ClosureHandler { _ in
            let stream = HTTPStream(limitBytes: 1_000)
            streams.put(stream)
            return .stream(HTTPResponse(fields: [HTTPField("Content-Type", "text/plain")]), stream)
        }
        try await withListener(handler: handler) { port in
            let client = try RawClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try #require(streams.take())
            #expect(stream.write(Array("one".utf8)))
            #expect(try client.read(until: "one").contains("chunked"))
            #expect(stream.write(Array("two".utf8)))
            _ = try client.read(until: "two")
            stream.finish()
            _ = try client.read(until: "0\r\n\r\n")
            #expect(!stream.write([1]))
        }
    }

    @Test func aStopEndsStreamsCleanly() async throws {
        let streams = Handover<HTTPStream>()
        let listener = try HTTPListener(
            handler: ClosureHandler { _ in
                let stream = HTTPStream(limitBytes: 1_000)
                streams.put(stream)
                return .stream(HTTPResponse(), stream)
            })
        try await onThread {
            let client = try RawClient(port: listener.port)
            try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let stream = try #require(streams.take())
            #expect(stream.write(Array("one".utf8)))
            _ = try client.read(until: "one")
            listener.stop(graceSeconds: 10)
            _ = try client.read(until: "0\r\n\r\n")
            #expect(stream.hasEnded)
        }
    }

    @Test func aReaderThatLagsIsCutOff() {
        let stream = HTTPStream(limitBytes: 10)
        #expect(stream.write(Array("12345678".utf8)))
        #expect(!stream.write(Array("9abc".utf8)))
        #expect(stream.hasEnded)
    }

    @Test func halfAnAnswerPromisesTheWholeAndNoneIsNothing() async throws {
        let handler = ClosureHandler { request in
            var response = HTTPResponse(body: Array("0123456789".utf8))
            response.delivery = request.path == "/half" ? .half : .none
            return .now(response)
        }
        try await withListener(handler: handler) { port in
            let half = try RawClient(port: port)
            try half.send("GET /half HTTP/1.1\r\nHost: x\r\n\r\n")
            let text = half.receiveToEnd()
            #expect(text.contains("Content-Length: 10"))
            #expect(text.hasSuffix("01234"))
            let none = try RawClient(port: port)
            try none.send("GET /none HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(none.receiveToEnd() == "")
        }
    }
}
